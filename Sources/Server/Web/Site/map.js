// The map: me, friends, cells and strangers. Leaflet draws it; without Leaflet there is a list and no map.

import { avatar, element, setText } from "./elements.js";
import { bounds } from "./geohash.js";
import { countText, distanceText } from "./words.js";

/** No tile is asked for that is finer than this: about half a kilometre, so its address says no more than that. */
const FINEST_TILES = 16;
const COARSENESS = { 5: "coarse", 4: "coarsest", 3: "coarsest", 2: "coarsest", 1: "coarsest" };
const STEP_M = 25;
const BIG_STEP_M = 250;
const METRES_PER_DEGREE = 111_194.93;
/** Names of cells narrower than this, in pixels, would overlap. */
const NAMED_CELL = 56;
/** In narrower ones a number stands alone. */
const SPELLED_CELL = 130;
/** From here on the land's outline is too coarse to be shown. */
const CLOSE = 9;

const latLngBounds = (cell) => {
  const { south, north, west, east } = bounds(cell);
  return [[south, west], [north, east]];
};

/** A map with the land and, if configured, tiles: what both pages share. */
export function baseMap(L, container, { tiles }) {
  const map = L.map(container, {
    zoomControl: false, worldCopyJump: true, minZoom: 2, maxZoom: 19, zoomSnap: 0.5,
    zoomAnimation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    fadeAnimation: false, markerZoomAnimation: true,
  }).setView([40.75, -73.98], 3);
  map.attributionControl.setPrefix("Leaflet");
  L.control.zoom({ position: "bottomright", zoomInTitle: "Closer", zoomOutTitle: "Further away" }).addTo(map);
  L.control.scale({ position: "bottomleft", imperial: false, maxWidth: 120 }).addTo(map);
  for (const [name, level] of [["land", 210], ["streets", 230], ["cells", 350], ["strangers", 360], ["circle", 370], ["counts", 590]]) {
    map.createPane(name).style.zIndex = level;
  }
  const hideOutline = () => container.classList.toggle("close", map.getZoom() >= CLOSE);
  map.on("zoomend", hideOutline);
  fetch("/web/land.json").then((answer) => answer.json()).then((land) => {
    L.geoJSON(land, { pane: "land", interactive: false, style: { className: "land", stroke: false } }).addTo(map);
  });
  map.attributionControl.addAttribution("Land: Natural Earth");
  if (tiles) addTiles(L, map, tiles);
  return map;
}

function addTiles(L, map, { url, attribution }) {
  const credit = document.createElement("span");
  credit.textContent = attribution;
  const layer = L.tileLayer(url, {
    maxNativeZoom: FINEST_TILES, maxZoom: 19, attribution: credit.innerHTML, referrerPolicy: "no-referrer",
    className: "tiles",
  });
  map.tiles = layer.addTo(map);
}

export class NearbyMap {
  #L;
  #map;
  #avatars;
  #onMove;
  #onStranger;
  #me = null;
  #circle = null;
  #friends = new Map();
  #cells = new Map();
  #strangers = new Map();
  #names = new Map();

  /** `onMove(position)`: somebody has moved the own marker; `onStranger(cell)`: somebody asks about a cell. */
  constructor(L, container, { config, onMove, onStranger }) {
    this.#L = L;
    this.#avatars = config.avatars;
    this.#onMove = onMove;
    this.#onStranger = onStranger;
    this.#map = baseMap(L, container, config);
    this.#map.on("zoomstart", () => { for (const { marker } of this.#friends.values()) glide(marker, false); });
    this.#map.on("zoomend", () => this.#nameCells());
    this.#addCenterControl();
  }

  /** Turns the tiles on or off. */
  showTiles(on) {
    const { tiles } = this.#map;
    if (tiles) on ? tiles.addTo(this.#map) : tiles.remove();
  }

  showStreets(streets) {
    const style = (casing) => (feature) => ({ className: `${feature.properties.kind}${casing ? " casing" : ""}` });
    for (const casing of [true, false]) {
      const layer = this.#L.geoJSON(streets, { pane: "streets", interactive: false, style: style(casing) }).addTo(this.#map);
      if (!this.#me) this.#map.fitBounds(layer.getBounds(), { animate: false });
    }
  }

  /** Shows all of these cells. */
  frameCells(cells) {
    this.#map.fitBounds(cells.map(latLngBounds).flat(), { padding: [12, 12] });
  }

  /** Shows the whole circle. */
  frame() {
    if (this.#circle) this.#map.fitBounds(this.#circle.getBounds(), { padding: [12, 12], animate: false });
  }

  focus({ lat, lon }) {
    this.#map.panTo([lat, lon]);
  }

  resized() {
    this.#map.invalidateSize({ animate: false });
  }

  // MARK: Me

  showMe(position, radius) {
    const place = [position.lat, position.lon];
    if (!this.#me) return this.#addMe(place, radius);
    if (!this.#me.dragged) this.#me.setLatLng(place);
    this.#circle.setLatLng(place).setRadius(radius);
  }

  #addMe(place, radius) {
    const L = this.#L;
    const picture = element("div", { class: "me" }, element("span"));
    this.#circle = L.circle(place, { pane: "circle", radius, className: "radius", interactive: false }).addTo(this.#map);
    this.#me = L.marker(place, {
      icon: L.divIcon({ html: picture, className: "me-marker", iconSize: [28, 28] }), draggable: true, autoPan: true,
      zIndexOffset: 1_000,
    }).addTo(this.#map);
    const handle = this.#me.getElement();
    handle.setAttribute("role", "button");
    handle.setAttribute("aria-label", "You. Arrow keys move you, with Shift further; Enter brings the map back to you.");
    handle.addEventListener("keydown", (event) => this.#moveByKey(event));
    this.#me.on("dragstart", () => { this.#me.dragged = true; });
    this.#me.on("drag", ({ latlng }) => this.#onMove({ lat: latlng.lat, lon: latlng.wrap().lng }));
    this.#me.on("dragend", () => { this.#me.dragged = false; });
    this.frame();
  }

  #moveByKey(event) {
    if (event.key === "Enter") return this.frame();
    const way = { ArrowUp: [0, 1], ArrowDown: [0, -1], ArrowRight: [1, 0], ArrowLeft: [-1, 0] }[event.key];
    if (!way) return;
    event.preventDefault();
    event.stopPropagation();
    const degrees = (event.shiftKey ? BIG_STEP_M : STEP_M) / METRES_PER_DEGREE;
    const { lat, lng } = this.#me.getLatLng();
    const next = this.#L.latLng(
      Math.max(-89.9, Math.min(89.9, lat + way[1] * degrees)), lng + (way[0] * degrees) / Math.cos((lat * Math.PI) / 180));
    this.#onMove({ lat: next.lat, lon: next.wrap().lng });
    if (!this.#map.getBounds().pad(-0.1).contains(next)) this.#map.panTo(next);
  }

  #addCenterControl() {
    const Center = this.#L.Control.extend({
      onAdd: () => element(
        "div", { class: "leaflet-bar" },
        element("a", {
          href: "#", role: "button", class: "center-control", title: "Back to me", "aria-label": "Back to me",
          click: (event) => { event.preventDefault(); this.frame(); },
        }, element("span", { "aria-hidden": "true" }))),
    });
    new Center({ position: "bottomright" }).addTo(this.#map);
  }

  // MARK: Friends

  /** `freshness(friend)`: 1 for new, 0 for almost gone. */
  showFriends(friends, freshness) {
    const shown = new Set();
    for (const friend of friends) {
      shown.add(friend.id);
      this.#showFriend(friend, freshness(friend));
    }
    for (const [id, { marker }] of this.#friends) {
      if (shown.has(id)) continue;
      marker.remove();
      this.#friends.delete(id);
    }
  }

  #showFriend(friend, freshness) {
    const place = [friend.lat, friend.lon];
    const known = this.#friends.get(friend.id);
    if (known && known.name !== friend.name) {
      known.marker.remove();
      this.#friends.delete(friend.id);
      return this.#showFriend(friend, freshness);
    }
    const { marker } = known ?? this.#addFriend(friend, place);
    const before = marker.getLatLng();
    if (before.lat !== friend.lat || before.lng !== friend.lon) {
      glide(marker, true);
      marker.setLatLng(place);
    }
    marker.getElement()?.style.setProperty("--freshness", freshness.toFixed(2));
  }

  #addFriend(friend, place) {
    const L = this.#L;
    const picture = element("div", {}, avatar(friend, this.#avatars), element("span", { class: "name" }, friend.name));
    const marker = L.marker(place, {
      icon: L.divIcon({ html: picture, className: "friend-marker", iconSize: [34, 34] }), keyboard: false, interactive: false,
    }).addTo(this.#map);
    // The list beside the map says the same in words.
    marker.getElement().setAttribute("aria-hidden", "true");
    const entry = { marker, name: friend.name };
    this.#friends.set(friend.id, entry);
    return entry;
  }

  /** Points a friend out, or nobody. */
  highlight(id) {
    for (const [other, { marker }] of this.#friends) marker.getElement()?.classList.toggle("highlighted", other === id);
  }

  // MARK: Cells

  /** The cells that are looked at, the own one first. */
  showCells(cells) {
    const isFirst = this.#cells.size === 0;
    for (const [cell, layer] of this.#cells) {
      if (cells.includes(cell)) continue;
      layer.remove();
      this.#names.get(cell)?.remove();
      this.#cells.delete(cell);
      this.#names.delete(cell);
    }
    cells.forEach((cell, index) => {
      const layer = this.#cells.get(cell) ?? this.#addCell(cell, !isFirst);
      layer.getElement()?.classList.toggle("own", index === 0);
    });
    this.#nameCells();
  }

  #addCell(cell, isNew) {
    const layer = this.#L.rectangle(latLngBounds(cell), {
      pane: "cells", interactive: false, className: isNew ? "cell new" : "cell",
    }).addTo(this.#map);
    this.#cells.set(cell, layer);
    return layer;
  }

  #nameCells() {
    const L = this.#L;
    for (const cell of this.#cells.keys()) {
      const [[, west], [north]] = latLngBounds(cell);
      if (this.#width(cell) < NAMED_CELL) {
        this.#names.get(cell)?.remove();
        this.#names.delete(cell);
      } else if (!this.#names.has(cell)) {
        const icon = L.divIcon({ html: element("span", {}, cell), className: "cell-name", iconSize: null, iconAnchor: [0, 0] });
        const name = L.marker([north, west], { icon, pane: "cells", interactive: false, keyboard: false }).addTo(this.#map);
        name.getElement().setAttribute("aria-hidden", "true");
        this.#names.set(cell, name);
      }
    }
  }

  /** How wide a cell is on the screen, in pixels. */
  #width(cell) {
    const [[, west], [north, east]] = latLngBounds(cell);
    return this.#map.latLngToLayerPoint([north, east]).x - this.#map.latLngToLayerPoint([north, west]).x;
  }

  // MARK: Strangers

  /** `groups`: a count for each published cell. What is drawn is the cell: nobody knows more. */
  showStrangers(groups) {
    for (const [cell, { area, label }] of this.#strangers) {
      if (groups.has(cell)) continue;
      area.remove();
      label.remove();
      this.#strangers.delete(cell);
    }
    for (const [cell, people] of groups) {
      const { label } = this.#strangers.get(cell) ?? this.#addStrangers(cell);
      setText(label.getElement().querySelector("span"), this.#width(cell) >= SPELLED_CELL ? countText(people.length, "stranger") : String(people.length));
      label.getElement().title = `${countText(people.length, "stranger")} somewhere in ${cell}, ${distanceText(people[0].distance_m)} away`;
    }
  }

  #addStrangers(cell) {
    const L = this.#L;
    const area = L.rectangle(latLngBounds(cell), { pane: "strangers", className: `stranger-cell ${COARSENESS[cell.length] ?? ""}` }).addTo(this.#map);
    area.on("click", () => this.#onStranger(cell));
    // At the edge of the cell, so that nobody takes it for a place.
    const icon = L.divIcon({ html: element("span"), className: "stranger-count", iconSize: null, iconAnchor: [0, 0] });
    const label = L.marker(area.getBounds().getNorthWest(), { icon, pane: "counts", keyboard: false })
      .on("click", () => this.#onStranger(cell)).addTo(this.#map);
    label.getElement().setAttribute("aria-hidden", "true");
    const entry = { area, label };
    this.#strangers.set(cell, entry);
    return entry;
  }
}

/** Whether a marker's next step is drawn as a way instead of a jump. */
function glide(marker, on) {
  marker.getElement()?.classList.toggle("gliding", on);
}
