"""A stranger is a cell, on the page and in everything that reaches it."""

import re

from playwright.sync_api import expect

from support import PageTest

# Digits that stand in no other number.
DAN = {"latitude": 40.7571943, "longitude": -73.9817826}
TELLTALES = ["40.7571", "-73.9817", "571943", "817826", '"dan"', "Dan"]


class StrangersTests(PageTest):
    flags = ("--strangers-k", "1", "--strangers-tick", "1s")

    def test_opting_in_shows_a_cell_and_never_the_position(self):
        self.server.call("PUT", "/v1/users/dan", {"name": "Dan"})
        dan = self.bring_token("dan", geolocation=DAN, permissions=["geolocation"])
        dan.click("#device")
        expect(dan.locator("#me-place")).to_have_text("40.7572° N, 73.9818° W")

        bodies = []
        ann = self.window()
        ann.on("response", lambda answer: bodies.append(answer))
        ann.fill("#token", self.server.token("ann"))
        ann.click("#come-in")
        self.wait_until_live(ann)
        expect(ann.locator("#strangers-note")).to_contain_text("Only who is seen can see")
        ann.click("#strangers")
        expect(ann.locator("#strangers")).to_have_attribute("aria-checked", "true")
        expect(ann.locator("#strangers-count")).to_have_text("0")

        dan.click("#strangers")
        expect(ann.locator(".stranger-cell")).to_have_count(1)
        expect(ann.locator(".stranger-count")).to_have_text("1")
        expect(ann.locator(".stranger-count")).to_have_attribute("title", re.compile("^1 stranger somewhere in "))
        expect(ann.locator("#strangers-count")).to_have_text("1")
        expect(ann.locator(".stranger-group > summary")).to_contain_text("1 person")
        self.move(dan, "ArrowUp", far=False)
        ann.wait_for_timeout(2_500)

        cell = ann.locator(".stranger-group > summary code").text_content()
        self.assertLessEqual(len(cell), 6)
        told = "\n".join([*map(str, ann.frames_received), ann.content(), *(b.text() for b in bodies if b.ok)])
        self.assertIn(cell, told)
        self.assertTrue(any('"strangers"' in str(frame) and cell in str(frame) for frame in ann.frames_received))
        for telltale in TELLTALES:
            self.assertNotIn(telltale, told)
        # Nor is a marker drawn that claims a place: the number stands at the edge of its cell.
        self.assertEqual(ann.locator(".friend-marker").count(), 0)
        edges = ann.locator(".stranger-cell").bounding_box()
        count = ann.locator(".stranger-count").bounding_box()
        self.assertLess(abs(count["x"] - edges["x"]), 3)
        self.assertLess(abs(count["y"] - edges["y"]), 3)

        dan.click("#strangers")
        expect(ann.locator(".stranger-cell")).to_have_count(0)

    def test_blocking_a_stranger(self):
        ann, dan = self.bring_token("ann"), self.bring_token("dan")
        ann.click("#strangers")
        dan.click("#strangers")
        expect(ann.locator(".stranger-cell")).to_have_count(1)
        ann.locator(".stranger-group > summary").click()
        ann.locator(".stranger-group .menu summary").click()
        ann.locator(".stranger-group").get_by_role("button", name="Block…").click()
        ann.click("#dialog-ok")
        expect(ann.locator(".stranger-cell")).to_have_count(0)
        expect(ann.locator("#announcements")).to_have_text("This stranger is blocked.")

    def test_the_nine_cells_move_along(self):
        ann = self.bring_token("ann")
        ann.click("#strangers")
        expect(ann.locator(".cell")).to_have_count(9)
        expect(ann.locator(".cell.own")).to_have_count(1)
        ann.click("#show-cells")
        expect(ann.locator(".cell-name")).to_have_count(9)
        before = ann.locator("#cells-note").text_content()
        # A cell of precision 5 is 4.9 km high.
        self.move(ann, "ArrowUp", 21)
        expect(ann.locator("#cells-note")).not_to_have_text(before)
        expect(ann.locator(".cell")).to_have_count(9)
