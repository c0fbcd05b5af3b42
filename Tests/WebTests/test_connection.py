"""The server goes away and comes back; the page does, too."""

import re
import time

from playwright.sync_api import expect

from support import PageTest


class ConnectionTests(PageTest):
    def test_a_restart_reconnects_by_itself(self):
        self.befriend("ann", "bob")
        ann, bob = self.bring_token("ann"), self.bring_token("bob")
        expect(self.friends(ann)).to_have_count(1)
        self.server.stop()
        expect(ann.locator("#connection-text")).to_have_text("Reconnecting…")
        expect(ann.locator("#banner")).to_be_visible()
        expect(ann.locator("#banner-text")).to_have_text(re.compile(r"(The server restarts|The connection is lost)\. (Next try in \d+ s|Trying again)"))
        # What was known is still there, and looks it.
        expect(self.friends(ann)).to_have_count(1)
        expect(ann.locator("body")).to_have_class(re.compile("not-online"))
        self.server.start()
        for page in (ann, bob):
            expect(page.locator("#connection-text")).to_have_text("Live", timeout=70_000)
            expect(page.locator("#banner")).to_be_hidden()
        expect(ann.locator("#announcements")).to_have_text("Connected again.")
        self.move(bob, "ArrowUp", 2)
        expect(self.friends(ann).locator(".where")).to_contain_text("500 m north")

    def test_trying_now_does_not_wait(self):
        ann = self.bring_token("ann")
        self.server.process.kill()
        self.server.process.wait()
        expect(ann.locator("#connection-text")).to_have_text("Reconnecting…")
        self.server.start()
        ann.evaluate("() => document.getElementById('retry').click()")
        expect(ann.locator("#connection-text")).to_have_text("Live", timeout=2_000)


class DemoConnectionTests(PageTest):
    demo = True

    def test_another_demo_knows_the_guest_again(self):
        page = self.come_in("Ann")
        expect(self.friends(page).first).to_be_visible()
        self.server.stop()
        # Another secret, as if it were another demo: the token is worth nothing there.
        self.server.environment["NEARBY_JWT_SECRET"] = "another-secret-of-the-tests-0123456789-012345"
        self.server.start()
        expect(page.locator("#connection-text")).to_have_text("Live", timeout=70_000)
        expect(self.friends(page).first).to_be_visible()


class FirstTimeTests(PageTest):
    demo = True

    def setUp(self):
        self.began = time.monotonic()
        super().setUp()

    def test_friends_move_within_ten_seconds(self):
        page = self.window()
        # A key that is pressed before the page asks for a name goes nowhere.
        expect(page.locator("#name")).to_be_focused()
        page.press("#name", "Enter")
        self.friends(page).first.wait_for()
        shown = time.monotonic() - self.began

        def places():
            return page.locator(".friend-marker").evaluate_all("all => all.map((one) => one.style.transform).join()")

        before = places()
        self.wait_until(lambda: places() != before)
        moved = time.monotonic() - self.began
        print(f"\nfirst time: friends after {shown:.1f} s, moving after {moved:.1f} s", flush=True)
        self.assertLess(moved, 10)
