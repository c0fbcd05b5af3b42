// The operator's page: what the server counts, live. The key is in a variable and nowhere else.

import { element, setText } from "./elements.js";
import { bytesText, durationText, Figures, numberText } from "./figures.js";
import { bounds } from "./geohash.js";
import { baseMap } from "./map.js";
import { countText } from "./words.js";

const byId = (id) => document.getElementById(id);
const SVG = "http://www.w3.org/2000/svg";

const STATS_INTERVAL = 2_000;
const CELLS_EVERY = 2;
const LISTED_CELLS = 8;
const DRAWN_CELLS = 300;
const MINUTE = 60_000;

const closed = (code) => (stats) => stats.edge.closed[code] ?? 0;
const error = (code) => (stats) => stats.edge.errors[code] ?? 0;
const answered = (status) => (stats) => stats.edge.answers[status] ?? 0;

const TILES = [
  { label: "Sessions", values: (stats) => stats.sessions, note: ({ newest }) => `${numberText(newest.connections)} connections, ${numberText(newest.users)} users` },
  { label: "Updates a second", rate: (stats) => stats.engine.published, note: (figures) => `${numberText(figures.rate((stats) => stats.edge.messages))} messages` },
  { label: "Deliveries a second", rate: (stats) => stats.engine.deliveries, note: (figures) => `${numberText(figures.rate((stats) => stats.engine.frames))} frames` },
  {
    label: "Delivery, median", text: (figures) => latencyText(figures.latency(0.5)),
    note: (figures) => `99 of 100: ${latencyText(figures.latency(0.99))}`,
  },
  { label: "Event loop delay", values: (stats) => stats.latency.loop_ms, text: ({ newest }) => `${newest.latency.loop_ms.toFixed(2)} ms`, note: ({ newest }) => countText(newest.loops, "loop") },
  { label: "CPU", rate: (stats) => stats.process.cpu_s * 100, text: (figures) => `${Math.round(figures.rate((stats) => stats.process.cpu_s * 100))} %`, note: () => "of one core" },
  { label: "Memory", values: (stats) => stats.process.resident_bytes ?? 0, text: ({ newest }) => bytesText(newest.process.resident_bytes ?? 0), note: ({ newest }) => `${numberText(newest.process.open_files ?? 0)} of ${numberText(newest.process.maximum_files)} files` },
  { label: "Strangers", values: (stats) => stats.stranger_sessions, note: ({ newest }) => `${numberText(newest.strangers_published)} can be seen` },
];

const LIMITS = [
  ["Messages over the rate", error("rate_limited")],
  ["Locations skipped for newer ones", (stats) => stats.edge.conflated],
  ["Bad messages", error("bad_message")],
  ["Bad tokens", (stats) => error("bad_token")(stats) + error("token_expired")(stats)],
  ["Too many sessions of a user", error("too_many_sessions")],
  ["Closed: no pong", closed(4003)],
  ["Closed: no hello in time", closed(4502)],
  ["Closed: policy or size", (stats) => closed(1008)(stats) + closed(1009)(stats) + closed(4006)(stats)],
  ["Closed: overloaded", closed(1013)],
  ["REST calls over the rate", answered(429)],
  ["REST calls that failed here", (stats) => answered(500)(stats) + answered(503)(stats)],
  ["History points dropped", (stats) => stats.history.dropped],
];

function latencyText(milliseconds) {
  if (milliseconds === null) return "–";
  return milliseconds === Infinity ? "> 8 s" : milliseconds >= 1_000 ? `≤ ${(milliseconds / 1_000).toFixed(0)} s` : `≤ ${milliseconds} ms`;
}

class Dashboard {
  #key;
  #figures = new Figures();
  #tiles = TILES.map(makeTile);
  #limits = LIMITS.map(makeLimit);
  #map = null;
  #layers = [];
  #isFramed = false;
  #polls = 0;

  constructor(key, stats, config) {
    this.#key = key;
    byId("tiles").append(...this.#tiles.map(({ node }) => node));
    byId("limits").append(...this.#limits.map(({ node }) => node));
    byId("dashboard").hidden = false;
    if (globalThis.L) this.#map = baseMap(globalThis.L, byId("map"), config);
    this.#show(stats);
    this.#poll();
  }

  async #poll() {
    try {
      if (this.#polls % CELLS_EVERY === 0) this.#showCells(await call(`/v1/admin/cells?limit=${DRAWN_CELLS}`, this.#key));
      if (this.#polls > 0) this.#show(await call("/v1/admin/stats", this.#key));
      this.#polls += 1;
    } catch (failure) {
      setText(byId("status"), failure instanceof Refusal ? failure.message : "The server does not answer. Trying again…");
    }
    setTimeout(() => this.#poll(), STATS_INTERVAL);
  }

  #show(stats) {
    this.#figures.add(stats, performance.now());
    setText(byId("status"), `${stats.draining ? "Draining" : "Live"} · up ${durationText(stats.uptime_s)}`);
    for (const tile of this.#tiles) tile.show(this.#figures);
    for (const limit of this.#limits) limit.show(this.#figures);
  }

  #showCells({ users, elsewhere, items }) {
    setText(byId("heat-count"), numberText(users));
    setText(byId("heat-note"), elsewhere > 0
      ? `${countText(elsewhere, "more person", "more people")} in cells too empty to show, or beyond the ${DRAWN_CELLS} fullest.` : "");
    byId("cells").replaceChildren(...items.slice(0, LISTED_CELLS).map(({ geohash, users: count }) => element(
      "tr", {}, element("td", {}, element("button", { type: "button", click: () => this.#focus(geohash) }, geohash)),
      element("td", { class: "number" }, numberText(count)))));
    this.#drawCells(items);
  }

  #drawCells(items) {
    if (!this.#map) return;
    const L = globalThis.L;
    for (const layer of this.#layers) layer.remove();
    const most = Math.max(1, ...items.map(({ users }) => users));
    this.#layers = items.flatMap(({ geohash, users }) => {
      const edges = latLngBounds(geohash);
      const area = L.rectangle(edges, { pane: "cells", className: "heat", interactive: false }).addTo(this.#map);
      area.getElement().style.setProperty("--heat", (0.12 + 0.6 * Math.sqrt(users / most)).toFixed(2));
      const icon = L.divIcon({ className: "heat-label", html: element("span", {}, numberText(users)), iconSize: [40, 16] });
      const label = L.marker(area.getBounds().getCenter(), { icon, pane: "strangers", interactive: false, keyboard: false }).addTo(this.#map);
      label.getElement().setAttribute("aria-hidden", "true");
      return [area, label];
    });
    if (this.#isFramed || items.length === 0) return;
    this.#isFramed = true;
    this.#map.fitBounds(L.latLngBounds(items.flatMap(({ geohash }) => latLngBounds(geohash))), { padding: [30, 30], animate: false });
  }

  #focus(geohash) {
    this.#map?.fitBounds(latLngBounds(geohash), { maxZoom: 15 });
  }
}

function latLngBounds(geohash) {
  const { south, north, west, east } = bounds(geohash);
  return [[south, west], [north, east]];
}

function makeTile({ label, values, rate, text, note }) {
  const value = element("span", { class: "value" });
  const notes = element("p", { class: "note" });
  const spark = document.createElementNS(SVG, "svg");
  const [area, line] = ["polygon", "polyline"].map((name) => document.createElementNS(SVG, name));
  spark.setAttribute("class", "spark");
  spark.setAttribute("viewBox", "0 0 100 30");
  spark.setAttribute("preserveAspectRatio", "none");
  spark.setAttribute("aria-hidden", "true");
  spark.append(area, line);
  const node = element("li", { class: "tile" }, element("span", { class: "label" }, label), value, notes, spark);
  const show = (figures) => {
    setText(value, text ? text(figures) : numberText(rate ? figures.rate(rate) : values(figures.newest)));
    setText(notes, note(figures));
    const points = rate ? figures.rates(rate) : values ? figures.values(values) : [];
    draw(area, line, points);
  };
  return { node, show };
}

function draw(area, line, values) {
  if (values.length < 2) return;
  const most = Math.max(...values) || 1;
  const points = values.map((value, index) => `${((100 * index) / (values.length - 1)).toFixed(2)},${(28 - (24 * value) / most).toFixed(2)}`);
  line.setAttribute("points", points.join(" "));
  area.setAttribute("points", `0,30 ${points.join(" ")} 100,30`);
}

function makeLimit([label, read]) {
  const [recent, all] = [element("td", { class: "number" }), element("td", { class: "number" })];
  const node = element("tr", {}, element("td", {}, label), recent, all);
  const show = (figures) => {
    const total = read(figures.newest);
    const grown = figures.growth(read, MINUTE);
    setText(recent, numberText(grown));
    setText(all, numberText(total));
    node.className = grown > 0 ? "now-tripping" : total === 0 ? "never" : "";
  };
  return { node, show };
}

class Refusal extends Error {}

async function call(path, key) {
  const answer = await fetch(path, { headers: { "X-API-Key": key }, cache: "no-store" });
  if (answer.ok) return answer.json();
  if (answer.status === 401) throw new Refusal("This key is not the server’s.");
  throw new Refusal(`The server refused: ${answer.status}.`);
}

byId("key").focus();
byId("key-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const key = byId("key").value.trim();
  setText(byId("key-problem"), "");
  try {
    const stats = await call("/v1/admin/stats", key);
    const config = await (await fetch("/web/config.json")).json();
    byId("key").value = "";
    byId("key-form").hidden = true;
    new Dashboard(key, stats, config);
  } catch (failure) {
    setText(byId("key-problem"), failure instanceof Refusal ? failure.message : "The server does not answer.");
    byId("key").focus();
  }
});
