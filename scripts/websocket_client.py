"""A small WebSocket client for scripts/test-cluster (RFC 6455, text frames, asyncio), and people who use it."""
import asyncio
import base64
import hashlib
import hmac
import json
import os
import random
import struct
import time


def now():
    """Milliseconds since the Unix epoch."""
    return int(time.time() * 1000)


def token(secret, user):
    """A JWT, HS256, good for a day."""

    def part(data):
        return base64.urlsafe_b64encode(data).rstrip(b"=")

    head = part(b'{"alg":"HS256","typ":"JWT"}')
    text = head + b"." + part(json.dumps({"sub": user, "exp": now() // 1000 + 86_400}).encode())
    return (text + b"." + part(hmac.new(secret.encode(), text, hashlib.sha256).digest())).decode()


class WebSocket:
    """One connection. ``receive`` returns a message, or the close code (None: ended without one)."""

    def __init__(self, reader, writer):
        self.reader, self.writer = reader, writer

    @staticmethod
    async def connect(port):
        reader, writer = await asyncio.wait_for(asyncio.open_connection("127.0.0.1", port), 5)
        key = base64.b64encode(os.urandom(16)).decode()
        writer.write((f"GET /v1/ws HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                      f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n").encode())
        try:
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 5)
        except (asyncio.IncompleteReadError, asyncio.TimeoutError) as error:
            writer.close()
            raise ConnectionError("no answer") from error
        if not head.startswith(b"HTTP/1.1 101 "):
            writer.close()
            raise ConnectionError(head.split(b"\r\n")[0].decode())
        return WebSocket(reader, writer)

    def frame(self, opcode, payload):
        mask = os.urandom(4)
        length = len(payload)
        size = bytes([0x80 | length]) if length < 126 else b"\xfe" + struct.pack("!H", length)
        masked = (int.from_bytes(payload, "big") ^ int.from_bytes((mask * (length // 4 + 1))[:length], "big")).to_bytes(length, "big")
        self.writer.write(bytes([0x80 | opcode]) + size + mask + masked)

    def send(self, message):
        self.frame(1, json.dumps(message).encode())

    async def receive(self):
        while True:
            try:
                first, second = await self.reader.readexactly(2)
                length = second & 0x7F
                if length == 126:
                    (length,) = struct.unpack("!H", await self.reader.readexactly(2))
                elif length == 127:
                    (length,) = struct.unpack("!Q", await self.reader.readexactly(8))
                payload = await self.reader.readexactly(length)
            except (asyncio.IncompleteReadError, ConnectionError, OSError):
                self.writer.close()
                return None
            opcode = first & 0x0F
            if opcode == 1:
                return json.loads(payload)
            if opcode == 9:
                self.frame(10, payload)
            if opcode == 8:
                self.frame(8, payload[:2])
                self.writer.close()
                return struct.unpack("!H", payload[:2])[0] if len(payload) >= 2 else 1005

    def close(self):
        self.writer.close()


class Person:
    """Somebody with a client that comes back as it should: after the time it was told, or with full jitter."""

    def __init__(self, name, secret, port, place=(40.75, -73.98)):
        self.name, self.secret, self.port, self.place = name, secret, port, place
        self.socket = None
        self.seen = {}  # friend's id: its newest ts
        self.welcomed_at = []  # monotonic seconds of each welcome
        self.ended_at = []
        self.changed = asyncio.Event()
        self.ts = 0
        self.task = None

    def start(self):
        self.task = asyncio.create_task(self.live())
        return self

    async def stop(self):
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)

    async def live(self):
        attempt = 0
        while True:
            pause = random.uniform(0, min(5.0, 0.5 * 2**attempt))
            try:
                self.socket = await WebSocket.connect(self.port)
                self.ts = max(self.ts + 1, now())
                self.socket.send({"type": "hello", "token": token(self.secret, self.name), "lat": self.place[0],
                                  "lon": self.place[1], "ts": self.ts})
                pause = await self.listen() or pause
            except (ConnectionError, OSError, asyncio.TimeoutError):
                pass
            finally:
                if self.socket:
                    self.socket.close()
                    self.socket = None
            attempt = 0 if self.welcomed_at and time.monotonic() - self.welcomed_at[-1] < 60 else attempt + 1
            await asyncio.sleep(pause)

    async def listen(self):
        """Until the connection ends. Returns how long the server asked to stay away, seconds."""
        after = None
        while True:
            message = await self.socket.receive()
            if not isinstance(message, dict):
                self.ended_at.append(time.monotonic())
                return after
            if message["type"] == "welcome":
                self.welcomed_at.append(time.monotonic())
                self.take(message["friends"]["items"])
            elif message["type"] == "updates":
                self.take(message.get("friends", []))
            elif message["type"] == "reconnect":
                after = message["after_ms"] / 1000
            self.changed.set()

    def take(self, friends):
        for friend in friends:
            self.seen[friend["id"]] = max(self.seen.get(friend["id"], 0), friend["ts"])

    def move(self):
        """One more location, next to the last one. Returns its ts."""
        self.ts = max(self.ts + 1, now())
        lat = self.place[0] + random.uniform(-0.001, 0.001)
        if self.socket:
            self.socket.send({"type": "location", "lat": lat, "lon": self.place[1], "ts": self.ts})
        return self.ts

    async def until(self, is_so, patience):
        """Waits for something to be so. Returns the seconds that took, or None."""
        begun = time.monotonic()
        while not is_so():
            left = begun + patience - time.monotonic()
            if left <= 0:
                return None
            self.changed.clear()
            try:
                await asyncio.wait_for(self.changed.wait(), min(left, 0.2))
            except asyncio.TimeoutError:
                pass
        return time.monotonic() - begun
