"""Two friends in two windows, and what a person can do about them."""

import re

from playwright.sync_api import expect

from support import PageTest


class FriendsTests(PageTest):
    def test_they_see_each_other_move_apart_and_vanish(self):
        self.befriend("ann", "bob")
        ann, bob = self.bring_token("ann"), self.bring_token("bob")
        for page, name in ((ann, "Bob"), (bob, "Ann")):
            expect(self.friends(page)).to_have_count(1)
            expect(self.friends(page).locator(".name")).to_have_text(name)
            expect(self.friends(page).locator(".where")).to_contain_text("right here")
            expect(page.locator(".friend-marker")).to_have_count(1)

        self.move(bob, "ArrowUp", 4)
        expect(self.friends(ann).locator(".where")).to_contain_text("1.0 km north")
        expect(self.friends(bob).locator(".where")).to_contain_text("1.0 km south")
        expect(self.friends(ann).locator(".where")).to_contain_text(re.compile(r"updated (just now|\d+ s ago)"))

        self.set_radius(ann, 500)
        expect(self.friends(ann)).to_have_count(0)
        expect(ann.locator(".friend-marker")).to_have_count(0)
        expect(ann.locator("#no-friends")).to_contain_text("None of your friends is within 520 m")
        # The radius is each one's own.
        expect(self.friends(bob)).to_have_count(1)

        self.move(bob, "ArrowDown", 3)
        expect(self.friends(ann).locator(".where")).to_contain_text("250 m north")

    def test_sharing_off_hides_at_once_and_on_shows_again(self):
        self.befriend("ann", "bob")
        ann, bob = self.bring_token("ann"), self.bring_token("bob")
        expect(self.friends(ann)).to_have_count(1)
        bob.click("#sharing")
        expect(bob.locator("#sharing")).to_have_attribute("aria-checked", "false")
        expect(self.friends(ann)).to_have_count(0)
        expect(self.friends(bob)).to_have_count(1)
        expect(bob.locator("#strangers")).to_be_disabled()
        bob.click("#sharing")
        expect(self.friends(ann)).to_have_count(1)

    def test_dragging_the_dot_moves_me(self):
        self.befriend("ann", "bob")
        ann, bob = self.bring_token("ann"), self.bring_token("bob")
        before = bob.locator("#me-place").text_content()
        box = bob.locator(".me-marker").bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        bob.mouse.move(x, y)
        bob.mouse.down()
        bob.mouse.move(x + 60, y - 80, steps=8)
        bob.mouse.up()
        expect(bob.locator("#me-place")).not_to_have_text(before)
        expect(self.friends(ann).locator(".where")).to_contain_text(re.compile(r"m north"))

    def test_walking_moves_by_itself(self):
        ann = self.bring_token("ann")
        before = ann.locator("#me-place").text_content()
        ann.locator("input[name=pace][value=drive]").check()
        expect(ann.locator("#me-place")).not_to_have_text(before)

    def test_a_block_hides_both_and_a_report_arrives(self):
        self.befriend("ann", "bob")
        ann, bob = self.bring_token("ann"), self.bring_token("bob")
        self.friends(ann).locator("summary").click()
        self.friends(ann).get_by_role("button", name="Report…").click()
        ann.fill("#reason", "says he is elsewhere")
        ann.click("#dialog-ok")
        expect(ann.locator("#announcements")).to_have_text("Thank you. It was reported.")
        reports = self.server.call("GET", "/v1/admin/reports")["items"]
        self.assertEqual([(r["reporter"], r["reported"], r["reason"]) for r in reports], [("ann", "bob", "says he is elsewhere")])

        self.friends(ann).locator("summary").click()
        self.friends(ann).get_by_role("button", name="Block…").click()
        ann.get_by_role("button", name="Cancel").click()
        expect(self.friends(ann)).to_have_count(1)
        self.friends(ann).locator("summary").click()
        self.friends(ann).get_by_role("button", name="Block…").click()
        ann.click("#dialog-ok")
        expect(self.friends(ann)).to_have_count(0)
        expect(self.friends(bob)).to_have_count(0)

    def test_a_bad_token_is_told(self):
        page = self.window()
        page.fill("#token", "no.token.atall")
        page.click("#come-in")
        expect(page.locator("#banner")).to_contain_text("This sign-in is not accepted")

    @staticmethod
    def set_radius(page, metres):
        """By the keyboard, as the slider takes it."""
        page.focus("#radius")
        page.keyboard.press("Home")
        for _ in range(101):
            text = page.locator("#radius-text").text_content()
            value, unit = text.split()
            if float(value) * (1000 if unit == "km" else 1) >= metres:
                return
            page.keyboard.press("ArrowRight")
        raise AssertionError("no such radius")
