"""What a browser is told, whether everybody can use it, and the operator's page."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from support import API_KEY, PageTest

PIXEL = '<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256"/>'
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}


class AccessTests(PageTest):
    demo = True
    flags = ("--strangers-k", "1", "--strangers-tick", "1s")

    def check(self, page, what):
        violations = Axe().run(page, options=RULES).response["violations"]
        self.assertEqual([(v["id"], [n["html"][:160] for n in v["nodes"]][:3]) for v in violations], [], what)

    def test_axe_finds_nothing(self):
        for scheme in ("light", "dark"):
            for size in ((1280, 800), (390, 844)):
                with self.subTest(scheme=scheme, size=size):
                    page = self.window(size=size, color_scheme=scheme)
                    self.check(page, "signing in")
                    page.fill("#name", f"Ann {scheme} {size[0]}")
                    page.press("#name", "Enter")
                    self.wait_until_live(page)
                    page.locator("#settings").evaluate("(settings) => { settings.open = true }")
                    page.click("#strangers")
                    page.locator(".stranger-group").first.wait_for()
                    self.check(page, "the list and the map")
                    self.friends(page).first.locator("summary").click()
                    self.check(page, "a menu")
                    self.friends(page).first.get_by_role("button", name="Report…").click()
                    self.check(page, "a question")
                    page.get_by_role("button", name="Cancel").click()
                    admin = self.window("/admin", size=size, color_scheme=scheme)
                    self.check(admin, "the key")
                    admin.fill("#key", API_KEY)
                    admin.press("#key", "Enter")
                    admin.locator("#cells tr").first.wait_for()
                    self.check(admin, "the figures")

    def test_it_all_goes_by_keyboard(self):
        page = self.window()
        # A key that is pressed before the page asks for a name goes nowhere.
        expect(page.locator("#name")).to_be_focused()
        page.keyboard.press("Shift+Tab")
        page.press("#name", "Enter")
        self.wait_until_live(page)
        page.focus("#sharing")
        page.keyboard.press("Space")
        expect(page.locator("#sharing")).to_have_attribute("aria-checked", "false")
        page.focus("input[name=pace][value=stay]")
        page.keyboard.press("ArrowRight")
        expect(page.locator("input[name=pace][value=walk]")).to_be_checked()
        who = self.friends(page).first.locator(".who")
        who.focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator(".menu[open]")).to_have_count(1)
        page.keyboard.press("Escape")
        expect(page.locator(".menu[open]")).to_have_count(0)

    def test_nothing_is_wider_than_a_phone(self):
        page = self.come_in("Ann", size=(360, 740))
        page.locator("#settings").evaluate("(settings) => { settings.open = true }")
        self.assertLessEqual(page.evaluate("() => document.documentElement.scrollWidth"), 360)

    def test_reduced_motion(self):
        page = self.come_in("Ann", reduced_motion="reduce")
        duration = page.locator(".me").evaluate("(me) => getComputedStyle(me, '::before').animationDuration")
        self.assertLess(float(duration.rstrip("s")), 0.001)


class HeadersTests(PageTest):
    environment = {
        "NEARBY_TILES_URL": "https://{s}.tiles.example/{z}/{x}/{y}.png", "NEARBY_TILES_ATTRIBUTION": "<b>Somebody</b>",
        "NEARBY_AVATARS": "https://img.example",
    }

    def test_headers(self):
        for path in ("/", "/admin", "/nearby.js", "/web/map.js", "/web/land.json", "/web/leaflet/leaflet.js", "/web/leaflet/leaflet.css"):
            with self.subTest(path=path):
                answer, text = self.server.raw("GET", path)
                self.assertEqual(answer.status, 200)
                self.assertTrue(text)
                policy = answer.getheader("Content-Security-Policy")
                for part in ("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"):
                    self.assertIn(part, policy)
                self.assertIn("img-src 'self' data: https://*.tiles.example https://img.example;", policy)
                self.assertNotIn("unsafe", policy)
                self.assertEqual(answer.getheader("Referrer-Policy"), "no-referrer")
                self.assertEqual(answer.getheader("X-Content-Type-Options"), "nosniff")
                again, text = self.server.raw("GET", path, {"If-None-Match": answer.getheader("ETag")})
                self.assertEqual((again.status, text), (304, ""))

    def test_nothing_is_inline_and_nothing_else_is_served(self):
        for path in ("/", "/admin"):
            _, text = self.server.raw("GET", path)
            self.assertIsNone(re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=|javascript:", text))
            self.assertIsNone(re.search(r"""(src|href)=["'](https?:)?//""", text))
        for path in ("/web/nothing.js", "/web/..%2f..%2fkeys.json", "/web/leaflet/..%2fleaflet.js", "/web/", "/web/leaflet/leaflet.js.map"):
            self.assertEqual(self.server.raw("GET", path)[0].status, 404, path)
        self.assertEqual(self.server.raw("POST", "/", body="")[0].status, 405)

    def test_tiles_are_asked_for_without_telling_the_place(self):
        asked = []
        page = self.window(prepare=lambda context: context.route(
            "https://*.tiles.example/**", lambda route: (asked.append(route.request), route.fulfill(status=200, body=PIXEL, content_type="image/svg+xml"))))
        page.fill("#token", self.server.token("ann"))
        page.click("#come-in")
        self.wait_until_live(page)
        expect(page.locator("#tiles-note")).to_contain_text("tiles.example")
        expect(page.locator(".leaflet-control-attribution")).to_contain_text("<b>Somebody</b>")
        for _ in range(6):
            page.click(".leaflet-control-zoom-in")
            page.wait_for_timeout(150)
        self.assertTrue(asked)
        for request in asked:
            self.assertNotIn("referer", request.headers)
            self.assertLessEqual(int(request.url.split("/")[3]), 16)
        page.click("#tiles")
        expect(page.locator(".leaflet-tile")).to_have_count(0)


class NoLeafletTests(PageTest):
    environment = {"NEARBY_LEAFLET": "/nowhere"}

    def note(self, kind, text):
        if "leaflet" not in text and "404" not in text:
            super().note(kind, text)

    def test_without_leaflet_there_is_a_message_and_a_list(self):
        self.befriend("ann", "bob")
        ann = self.bring_token("ann")
        expect(ann.locator("#no-map")).to_contain_text("apt-get install libjs-leaflet")
        self.bring_token("bob")
        expect(self.friends(ann)).to_have_count(1)


class AdminTests(PageTest):
    demo = True

    def test_figures_come_alive(self):
        page = self.window("/admin")
        page.fill("#key", "not-the-key-of-this-server")
        # Chromium logs every answer that is an error.
        self.note = lambda kind, text: None if "401" in text else self.errors.append(text)
        page.press("#key", "Enter")
        expect(page.locator("#key-problem")).to_have_text("This key is not the server’s.")
        page.fill("#key", API_KEY)
        page.press("#key", "Enter")
        expect(page.locator("#status")).to_contain_text("Live")
        tile = page.locator(".tile").filter(has_text="Sessions").locator(".value")
        expect(tile).to_have_text("201")
        expect(page.locator(".tile").filter(has_text="Updates a second").locator(".value")).not_to_have_text("0")
        expect(page.locator(".tile").filter(has_text="Delivery, median").locator(".value")).to_have_text(re.compile("≤ .* m?s"))
        expect(page.locator("#heat-count")).to_have_text(re.compile("^[12]\\d\\d$"))
        self.assertGreater(page.locator(".heat").count(), 5)
        expect(page.locator("#cells tr")).to_have_count(8)
        page.locator("#cells button").first.click()
        # The key is nowhere that outlives the page.
        self.assertNotIn(API_KEY, page.content())
        self.assertEqual(page.evaluate("() => localStorage.length + sessionStorage.length + document.cookie.length"), 0)
        self.assertNotIn(API_KEY, page.url)
