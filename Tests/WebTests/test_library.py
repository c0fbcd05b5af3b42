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
