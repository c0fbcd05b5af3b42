"""Makes the pictures in docs/images: `NEARBY=… CHROMIUM=… .build/web-tests/bin/python Tests/WebTests/screenshots.py`."""

import time

from playwright.sync_api import sync_playwright

from support import API_KEY, CHROMIUM, ROOT, Server

DESKTOP = {"viewport": {"width": 1280, "height": 800}}
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "has_touch": True}


def window(browser, server, path, scheme, device):
    page = browser.new_context(color_scheme=scheme, locale="en-GB", **device).new_page()
    page.goto(server.url + path)
    return page


def map_page(browser, server, scheme, device, name, strangers=True):
    page = window(browser, server, "/", scheme, device)
    page.fill("#name", "Robin")
    page.press("#name", "Enter")
    page.locator("#friends li").first.wait_for()
    page.locator("#settings").evaluate("(settings) => { settings.open = true }")
    if strangers:
        page.click("#strangers")
        page.locator(".stranger-cell").first.wait_for()
    if device is PHONE:
        page.locator("#settings").evaluate("(settings) => { settings.open = false }")
        page.evaluate("() => document.querySelector('.layout').scrollTo(0, 0)")
    time.sleep(8)
    page.screenshot(path=ROOT / f"docs/images/{name}.png")
    page.context.close()


def admin_page(browser, server, scheme, device, name):
    page = window(browser, server, "/admin", scheme, device)
    page.fill("#key", API_KEY)
    page.press("#key", "Enter")
    time.sleep(40)
    page.screenshot(path=ROOT / f"docs/images/{name}.png")
    page.context.close()


if __name__ == "__main__":
    (ROOT / "docs/images").mkdir(exist_ok=True)
    server = Server("--strangers-tick", "5s", demo=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        map_page(browser, server, "light", DESKTOP, "map")
        map_page(browser, server, "dark", DESKTOP, "map-dark")
        map_page(browser, server, "light", PHONE, "map-phone")
        map_page(browser, server, "dark", PHONE, "map-phone-dark")
        admin_page(browser, server, "light", {"viewport": {"width": 1280, "height": 900}}, "admin")
        admin_page(browser, server, "dark", PHONE, "admin-phone-dark")
        browser.close()
    server.remove()
