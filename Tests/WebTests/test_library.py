"""nearby.js by itself: the scenarios of the protocol, the cells, and Node."""

import json
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from support import ROOT, PageTest

SCENARIOS = sorted((ROOT / "docs/protocol/scenarios").glob("*.json"))
SITE = ROOT / "Sources/Server/Web/Site"


class LibraryTests(PageTest):
    def module_window(self):
        page = self.window()
        runner = (Path(__file__).parent / "scenario-runner.js").read_text()
        page.context.route(
            "**/tests/scenario-runner.js", lambda route: route.fulfill(body=runner, content_type="text/javascript"))
        return page

    def test_scenarios(self):
        self.assertGreaterEqual(len(SCENARIOS), 8)
        page = self.module_window()
        for path in SCENARIOS:
            with self.subTest(scenario=path.stem):
                scenario = json.loads(path.read_text())
                self.assertEqual(scenario["name"], path.stem)
                steps = page.evaluate("""async (scenario) => {
                    const [{ NearbyCore }, { runScenario }] = await Promise.all([import("/nearby.js"), import("/tests/scenario-runner.js")]);
                    return runScenario(scenario, NearbyCore);
                }""", scenario)
                self.assertGreater(steps, 0)

    def test_a_scenario_can_fail(self):
        page = self.module_window()
        scenario = json.loads((ROOT / "docs/protocol/scenarios/reconnect.json").read_text())
        for step in scenario["steps"]:
            if "receive" in step and step["receive"]["type"] == "reconnect":
                step["receive"]["after_ms"] += 1
        with self.assertRaisesRegex(Exception, "retry_in_ms should be 3500, is 3501"):
            page.evaluate("""async (scenario) => {
                const [{ NearbyCore }, { runScenario }] = await Promise.all([import("/nearby.js"), import("/tests/scenario-runner.js")]);
                return runScenario(scenario, NearbyCore);
            }""", scenario)

    def edge(self, script):
        """Runs a script with a `connect` whose sockets are counted and whose tries come soon; returns what it returns."""
        return self.window().evaluate("""async () => {
            const { connect } = await import("/nearby.js");
            const sockets = [];
            class Socket extends EventTarget {
                constructor() { super(); sockets.push(this); this.sent = []; Socket.made?.(this); }
                send(text) { this.sent.push(JSON.parse(text)); }
                close() {}
                happen(type, members = {}) { this.dispatchEvent(Object.assign(new Event(type), members)); }
            }
            const until = async (isSo) => {
                for (let tries = 0; tries < 500 && !isSo(); tries += 1) await new Promise((done) => setTimeout(done, 10));
                if (!isSo()) throw new Error(`never: ${isSo}`);
            };
            const options = { position: { lat: 40.75, lon: -73.98 }, random: () => 0.02, WebSocket: Socket, token: "token" };
            SCRIPT
        }""".replace("SCRIPT", script))

    def test_a_clock_that_is_set_back_stops_nothing(self):
        self.assertLess(self.edge("""
            const client = connect(options);
            await until(() => sockets.length === 1);
            sockets[0].happen("close", { code: 1006 });
            const { now } = Date;
            Date.now = () => now() - 3_600_000;
            await until(() => sockets.length === 2);
            client.move({ lat: 40.76, lon: -73.98 });
            sockets[1].happen("open");
            client.close();
            return sockets[1].sent[0].ts - now();
        """), -3_500_000)

    def test_a_socket_that_may_not_be_made_is_tried_again(self):
        self.assertEqual("connection_lost", self.edge("""
            Socket.made = () => { if (sockets.length === 1) throw new DOMException("no", "SecurityError"); };
            const client = connect(options);
            const reasons = [];
            client.addEventListener("state", ({ detail }) => reasons.push(detail.reason));
            await until(() => sockets.length === 2);
            client.close();
            return reasons.find((reason) => reason !== null);
        """))

    def test_a_token_that_comes_late_is_not_used(self):
        self.assertEqual("current", self.edge("""
            const calls = [];
            const client = connect({ ...options, token: () => new Promise((resolve) => calls.push(resolve)) });
            await until(() => calls.length === 1);
            client.close();
            client.retry();
            await until(() => calls.length === 2);
            calls[0]("former");
            await new Promise((done) => setTimeout(done));
            if (sockets.length > 0) throw new Error("it was used");
            calls[1]("current");
            await until(() => sockets.length === 1);
            sockets[0].happen("open");
            client.close();
            return sockets[0].sent[0].token;
        """))

    def test_what_is_not_json_is_told_and_tried_again(self):
        self.assertEqual(["bad_message"], self.edge("""
            const client = connect(options);
            const errors = [];
            client.addEventListener("error", ({ detail }) => errors.push(detail.code));
            await until(() => sockets.length === 1);
            sockets[0].happen("open");
            sockets[0].happen("message", { data: "<html>" });
            await until(() => sockets.length === 2);
            // The former one has nothing more to say.
            sockets[0].happen("close", { code: 4506 });
            sockets[0].happen("message", { data: "<html>" });
            if (client.state.name !== "connecting") throw new Error(client.state.name);
            client.close();
            return errors;
        """))

    def test_cells(self):
        vectors = json.loads((Path(__file__).parent / "geohash-vectors.json").read_text())
        wrong = self.window().evaluate("""async ({ encode, neighbors, decode }) => {
            const geohash = await import("/web/geohash.js");
            const wrong = [];
            for (const [lat, lon, hash] of encode) if (geohash.encode(lat, lon, hash.length) !== hash) wrong.push(hash);
            for (const [hash, ...expected] of neighbors) {
                const found = geohash.neighbors(hash);
                const inOrder = ["n", "ne", "e", "se", "s", "sw", "w", "nw"].map((point) => found[point]);
                if (inOrder.join() !== expected.join()) wrong.push(`${hash}: ${inOrder}`);
            }
            for (const [hash, south, north, west, east] of decode) {
                const edges = geohash.bounds(hash);
                const off = [edges.south - south, edges.north - north, edges.west - west, edges.east - east];
                if (off.some((difference) => Math.abs(difference) > 1e-9)) wrong.push(`${hash}: ${off}`);
            }
            if (geohash.nineCells("zzzzzz").length !== 6) wrong.push("pole");
            if (geohash.precisionFor(2000, 40.75, [4, 5, 6]) !== 5) wrong.push("precision");
            if (geohash.precisionFor(600, 0, [4, 5, 6]) !== 6) wrong.push("precision");
            if (geohash.precisionFor(600, 80, [4, 5, 6]) !== 5) wrong.push("precision near a pole");
            return wrong;
        }""", vectors)
        self.assertEqual(wrong, [])

    @unittest.skipUnless(shutil.which("tsc"), "TypeScript is not here")
    def test_types(self):
        with tempfile.TemporaryDirectory() as folder:
            shutil.copy(SITE / "nearby.d.ts", folder)
            (Path(folder) / "app.ts").write_text("""
                import { connect, distance, NearbyCore, NearbyError, type Friend } from "./nearby.js";
                const client = connect({ token: async () => "x", position: "device", strangers: { precision: 6 } });
                client.addEventListener("friends", ({ detail }) => { const came: Friend[] = detail.entered; came.pop(); });
                client.addEventListener("state", ({ detail }) => detail.name === "waiting" && console.log(detail.retry_at));
                client.setSharing(false).catch((error: NearbyError) => error.code);
                client.block({ sid: "x" });
                const metres: number = distance({ lat: 1, lon: 2 }, { lat: 1, lon: 3 });
                new NearbyCore({ radius_m: metres }).start(0);
            """)
            run = subprocess.run(
                ["tsc", "--strict", "--noEmit", "--target", "es2022", "--module", "esnext", "--moduleResolution", "node",
                 "--lib", "es2022,dom", "app.ts"], cwd=folder, capture_output=True, text=True)
        self.assertEqual(run.stdout, "")

    @unittest.skipUnless(shutil.which("node"), "Node is not here")
    def test_node(self):
        self.befriend("ann", "bob")
        self.bring_token("bob")
        with tempfile.TemporaryDirectory() as folder:
            shutil.copy(SITE / "nearby.js", Path(folder) / "nearby.mjs")
            (Path(folder) / "main.mjs").write_text("""
                import { connect } from "./nearby.mjs";
                const [url, token] = process.argv.slice(2);
                const client = connect({ url, token, position: { lat: 40.7536, lon: -73.9832 } });
                client.addEventListener("friends", ({ detail }) => {
                    if (detail.entered.length === 0) return;
                    console.log(detail.entered[0].name, client.state.name, client.total);
                    client.close();
                });
            """)
            flag = [] if int(subprocess.run(["node", "-p", "process.versions.node.split('.')[0]"], capture_output=True, text=True).stdout) >= 22 else ["--experimental-websocket"]
            run = subprocess.run(
                ["node", *flag, "main.mjs", self.server.url + "/v1/ws", self.server.token("ann")], cwd=folder,
                capture_output=True, text=True, timeout=30)
        self.assertEqual(run.stdout.strip(), "Bob online 1", run.stderr)
