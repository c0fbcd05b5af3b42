"""A server, windows and what the tests ask of them."""

import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import unittest
import urllib.request
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
NEARBY = os.path.abspath(os.environ["NEARBY"])
CHROMIUM = os.environ["CHROMIUM"]
API_KEY = "an-api-key-of-the-tests-0123456789"
SECRET = "a-secret-of-the-tests-0123456789-0123456789"
# Chromium itself says this of a server that is not there; no page can keep it from doing so.
UNREACHABLE = re.compile(r"WebSocket connection to .* failed|net::ERR_CONNECTION_(REFUSED|RESET)")

expect.set_options(timeout=15_000)


class Server:
    """`nearby serve` with a data directory of its own."""

    def __init__(self, *flags, demo=False, port=0, environment=None):
        self.data = tempfile.mkdtemp(prefix="nearby-web-")
        self.demo = demo
        self.flags = flags
        self.port = port
        self.environment = {
            **os.environ, "NEARBY_API_KEY": API_KEY, "NEARBY_JWT_SECRET": SECRET, "SWIFT_BACKTRACE": "enable=no",
            "NEARBY_DRAIN": "500ms", **(environment or {}),
        }
        self.process = None
        self.start()

    def start(self):
        command = [NEARBY, "serve", "--port", str(self.port), "--data", self.data, *self.flags]
        if self.demo:
            command.append("--demo")
        self.process = subprocess.Popen(
            command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        for line in self.process.stdout:
            if line.startswith("listening on "):
                break
        else:
            raise AssertionError("the server did not start")
        self.url = line.split()[-1]
        self.port = int(self.url.rsplit(":", 1)[1])
        # So that the pipe is never full.
        self.process.stdout.close()

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(timeout=30)

    def remove(self):
        self.stop()
        shutil.rmtree(self.data, ignore_errors=True)

    def token(self, user):
        result = subprocess.run(
            [NEARBY, "token", user, "--data", self.data], env=self.environment, capture_output=True, text=True, check=True)
        return result.stdout.strip()

    def call(self, method, path, body=None):
        request = urllib.request.Request(
            self.url + path, method=method, data=None if body is None else json.dumps(body).encode(),
            headers={"X-API-Key": API_KEY, "Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            text = answer.read()
            return json.loads(text) if text else None

    def raw(self, method, path, headers=None, body=None):
        """A request with just these headers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in {"Host": f"127.0.0.1:{self.port}", **(headers or {})}.items():
            connection.putheader(name, value)
        data = (body or "").encode()
        if body is not None:
            connection.putheader("Content-Length", str(len(data)))
        connection.endheaders(data)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer, text


class PageTest(unittest.TestCase):
    """A test with a server and windows. Any error that a page logs fails it."""

    flags = ()
    demo = False
    environment = None

    @classmethod
    def setUpClass(cls):
        cls.playwright = sync_playwright().start()
        cls.browser = cls.playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()
        cls.playwright.stop()

    def setUp(self):
        self.errors = []
        self.server = Server(*self.flags, demo=self.demo, environment=self.environment)
        self.addCleanup(self.server.remove)
        self.contexts = []
        self.addCleanup(lambda: [context.close() for context in self.contexts])

    def tearDown(self):
        self.assertEqual(self.errors, [])

    def window(self, path="/", size=(1280, 800), prepare=None, **options):
        """A window of its own, as of another person. `prepare` is called with its context before anything is loaded."""
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]}, locale="en-GB", **options)
        self.contexts.append(context)
        if prepare:
            prepare(context)
        page = context.new_page()
        page.frames_received = []
        page.on("websocket", lambda socket: socket.on("framereceived", lambda text: page.frames_received.append(text)))
        page.on("console", lambda message: self.note(message.type, message.text))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.goto(self.server.url + path)
        return page

    def note(self, kind, text):
        if kind in ("error", "warning") and not UNREACHABLE.search(text):
            self.errors.append(f"{kind}: {text}")

    def come_in(self, name, **options):
        """Signs in by name, at a demo."""
        page = self.window(**options)
        page.fill("#name", name)
        page.press("#name", "Enter")
        self.wait_until_live(page)
        return page

    def bring_token(self, user, **options):
        """Signs in with a token."""
        page = self.window(**options)
        page.fill("#token", self.server.token(user))
        page.click("#come-in")
        self.wait_until_live(page)
        return page

    def befriend(self, a, b):
        for user in (a, b):
            self.server.call("PUT", f"/v1/users/{user}", {"name": user.capitalize()})
        self.server.call("PUT", f"/v1/users/{a}/friends/{b}")

    @staticmethod
    def wait_until_live(page):
        expect(page.locator("#connection-text")).to_have_text("Live")

    @staticmethod
    def friends(page):
        return page.locator("#friends li")

    @staticmethod
    def move(page, key, times=1, far=True):
        """Moves the own dot by the keyboard: 250 m each, or 25 m."""
        page.focus(".me-marker")
        for _ in range(times):
            page.keyboard.press(("Shift+" if far else "") + key)

    @staticmethod
    def wait_until(condition, seconds=15):
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                raise AssertionError("it did not happen in time")
            time.sleep(0.05)


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]
