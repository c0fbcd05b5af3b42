"""Signing in by name: who can, who cannot, and what names can do."""

import json

from playwright.sync_api import expect

from support import PageTest

HOSTILE = "<img src=x onerror=window.hacked=1>"


class DemoTests(PageTest):
    demo = True

    def test_two_newcomers_are_friends_and_names_are_text(self):
        ann = self.come_in("Ann")
        ann.evaluate("() => { window.hacked = 0 }")
        mallory = self.come_in(HOSTILE)
        expect(mallory.locator("#me-name")).to_have_text(HOSTILE)
        entry = self.friends(ann).filter(has_text=HOSTILE)
        if entry.count() == 0:
            ann.click("#more")
        expect(entry.locator(".name")).to_have_text(HOSTILE)
        entry.locator(".who").hover()
        entry.locator("summary").click()
        entry.get_by_role("button", name="Block…").click()
        expect(ann.locator("#dialog-title")).to_have_text(f"Block {HOSTILE}?")
        for page in (ann, mallory):
            self.assertEqual(page.locator(".people img, .friend-marker img, #me-name img, dialog img").count(), 0)
            self.assertFalse(page.evaluate("() => window.hacked"))

    def test_twenty_a_page_and_more(self):
        page = self.come_in("Ann")
        page.focus("#radius")
        page.keyboard.press("End")
        expect(page.locator("#friends-count")).to_have_text("48", timeout=20_000)
        expect(self.friends(page)).to_have_count(20)
        page.click("#more")
        expect(self.friends(page)).to_have_count(40)
        page.click("#more")
        expect(self.friends(page)).to_have_count(48)
        expect(page.locator("#more")).to_be_hidden()
        metres = [self.metres(text) for text in page.locator("#friends .where").all_text_contents()]
        # Between two orderings somebody may have taken some steps.
        self.assertTrue(all(a <= b + 60 for a, b in zip(metres, metres[1:])), metres)

    @staticmethod
    def metres(text):
        if text.startswith("right here"):
            return 0
        value, unit = text.split()[:2]
        # Kilometres are rounded to hundreds of metres.
        return float(value) * (1000 if unit == "km" else 1)

    def test_one_of_the_made_up_people_by_name(self):
        answer, text = self.sign_in({"Content-Type": "application/json"}, "demo-GUEST")
        self.assertEqual(answer.status, 200)
        self.assertEqual(json.loads(text)["id"], "demo-guest")

    def test_only_pages_of_this_server_on_this_machine(self):
        own = f"http://127.0.0.1:{self.server.port}"
        typed = {"Content-Type": "application/json"}
        for headers, status in [
            (typed, 200), ({**typed, "Origin": own}, 200), ({**typed, "Origin": own, "Sec-Fetch-Site": "same-origin"}, 200),
            ({**typed, "Host": f"localhost:{self.server.port}"}, 200), ({**typed, "Host": f"[::1]:{self.server.port}"}, 200),
            ({**typed, "Host": "evil.example"}, 403), ({**typed, "Host": f"evil.example:{self.server.port}"}, 403),
            ({**typed, "Host": "127.0.0.1.evil.example"}, 403), ({**typed, "Host": "localhost.evil.example"}, 403),
            ({**typed, "Origin": "http://evil.example"}, 403), ({**typed, "Origin": "null"}, 403),
            ({**typed, "Origin": "http://127.0.0.1:1"}, 403), ({**typed, "Origin": f"http://localhost:{self.server.port}"}, 403),
            ({**typed, "Sec-Fetch-Site": "cross-site"}, 403), ({**typed, "Sec-Fetch-Site": "same-site"}, 403),
            ({**typed, "X-Forwarded-For": "203.0.113.9"}, 403), ({**typed, "Forwarded": "for=203.0.113.9"}, 403),
            ({}, 415), ({"Content-Type": "text/plain"}, 415), ({"Content-Type": "application/x-www-form-urlencoded"}, 415),
        ]:
            with self.subTest(headers=headers):
                self.assertEqual(self.sign_in(headers, "Eve")[0].status, status)

    def sign_in(self, headers, name):
        return self.server.raw("POST", "/demo/token", headers, json.dumps({"name": name}))


class NoDemoTests(PageTest):
    def test_without_the_demo_nobody_comes_in_by_name(self):
        answer, _ = self.server.raw(
            "POST", "/demo/token", {"Content-Type": "application/json"}, json.dumps({"name": "Eve"}))
        self.assertEqual(answer.status, 404)
        page = self.window()
        expect(page.locator("#by-name")).to_be_hidden()
        expect(page.locator("#by-token")).to_be_visible()
