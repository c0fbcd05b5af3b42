// The map page: what the client knows, on a map and in a list.

import { Announcer } from "./announcer.js";
import { connectionText } from "./connection.js";
import { askBlock, askReport } from "./dialogs.js";
import { avatar, setText } from "./elements.js";
import { FriendsList } from "./friends.js";
import { encode, nineCells, precisionFor } from "./geohash.js";
import { NearbyMap } from "./map.js";
import { connect } from "/nearby.js";
import { showSignIn } from "./sign-in.js";
import { byCell, StrangersList } from "./strangers.js";
import { PACES, Walk } from "./walk.js";
import { distanceText, positionText, timeText } from "./words.js";

const byId = (id) => document.getElementById(id);

/** The slider goes from 100 m to 100 km, in steps that feel alike. */
const RADIUS = { least: 100, most: 100_000 };
const toRadius = (value) => {
  const metres = RADIUS.least * (RADIUS.most / RADIUS.least) ** (value / 100);
  const digits = 10 ** Math.floor(Math.log10(metres) - 1);
  return Math.round(metres / digits) * digits;
};
const toSlider = (metres) => (100 * Math.log(metres / RADIUS.least)) / Math.log(RADIUS.most / RADIUS.least);

const WALK_INTERVAL = 500;
const RADIUS_PAUSE = 250;
/** A sign-in that a restarted demo does not know any more is replaced, but not again and again. */
const NEW_TICKET_INTERVAL = 30_000;

class Page {
  #config;
  #client;
  #guest;
  #map = null;
  #friends;
  #strangers;
  #announcer = new Announcer(byId("announcements"));
  #position;
  #radius;
  #walk = new Walk(null);
  #pace = "stay";
  #walkedAt = 0;
  #isDrawn = false;
  #lastState = "connecting";
  #ticketAt = -Infinity;

  constructor(config) {
    this.#config = config;
    if (globalThis.L) {
      this.#map = new NearbyMap(globalThis.L, byId("map"), {
        config, onMove: (position) => this.#moveTo(position, true), onStranger: (cell) => this.#strangers.open(cell),
      });
    } else {
      byId("no-map").hidden = false;
    }
    this.#friends = new FriendsList({
      list: byId("friends"), more: byId("more"), avatars: config.avatars, actions: {
        focus: (friend) => this.#map?.focus(friend), highlight: (id) => this.#map?.highlight(id),
        block: (friend) => this.#block(friend.name, { user: friend.id }),
        report: (friend) => this.#report(friend.name, { user: friend.id }),
        more: (wanted) => this.#loadFriends(wanted), refresh: () => this.#draw(),
      },
    });
    this.#strangers = new StrangersList({
      container: byId("stranger-cells"), actions: {
        block: ({ sid }) => this.#block("this stranger", { sid }), report: ({ sid }) => this.#report("this stranger", { sid }),
      },
    });
    if (config.demo) this.#loadStreets();
    showSignIn(config, (guest) => this.#signIn(guest));
  }

  async #loadStreets() {
    const streets = await (await fetch("/demo/streets.json")).json();
    this.#map?.showStreets(streets);
    this.#walk = new Walk(streets);
  }

  // MARK: Signing in

  #signIn(guest) {
    this.#guest = guest;
    this.#position = guest.position;
    this.#radius = guest.radius_m ?? 5_000;
    this.#client = connect({ token: guest.token, position: guest.position, radius_m: guest.radius_m });
    this.#listen();
    this.#useControls();
    document.body.classList.remove("signed-out");
    byId("signed-in").hidden = false;
    byId("connection").hidden = false;
    this.#map?.resized();
    this.#map?.showMe(this.#position, this.#radius);
    this.#map?.frame();
    this.#showMe(guest.name ?? "You", guest.id ?? "");
    byId("panel").focus({ preventScroll: true });
    setInterval(() => this.#tick(), WALK_INTERVAL);
    this.#draw();
  }

  #showMe(name, id) {
    setText(byId("me-name"), name);
    byId("me-picture").replaceChildren(avatar({ id, name, avatar_url: null }, []));
  }

  #listen() {
    const client = this.#client;
    client.addEventListener("state", () => { this.#showState(); this.#drawSoon(); });
    client.addEventListener("settings", ({ detail }) => {
      if (!this.#guest.name) this.#showMe(detail.user, detail.user);
      this.#radius = detail.radius_m;
      this.#showSettings();
      this.#drawSoon();
    });
    client.addEventListener("friends", ({ detail }) => {
      if (!detail.left.some(({ reason }) => reason === "reconnected")) this.#announcer.friendsChanged(detail);
      this.#drawSoon();
    });
    client.addEventListener("strangers", () => { this.#showStrangersSwitch(); this.#drawSoon(); });
  }

  // MARK: Controls

  #useControls() {
    const client = this.#client;
    const slider = byId("radius");
    let pause;
    slider.addEventListener("input", () => {
      this.#radius = toRadius(Number(slider.value));
      this.#showRadius();
      this.#draw();
      clearTimeout(pause);
      pause = setTimeout(() => client.setRadius(this.#radius), RADIUS_PAUSE);
    });
    slider.addEventListener("change", () => this.#map?.frame());
    byId("sharing").addEventListener("click", () => client.setSharing(!client.settings?.sharing));
    byId("strangers").addEventListener("click", () => client.setStrangers(!client.strangers.on));
    byId("show-cells").addEventListener("click", () => this.#map?.frameCells(this.#cells(client.strangers)));
    byId("settings").open = !matchMedia("(max-width: 760px)").matches;
    byId("renew").addEventListener("click", () => client.setStrangers(true));
    byId("retry").addEventListener("click", () => client.retry());
    byId("device").addEventListener("click", () => this.#useDevice());
    for (const choice of document.querySelectorAll("input[name=pace]")) {
      choice.addEventListener("change", () => { this.#pace = choice.value; this.#walkedAt = Date.now(); });
    }
    this.#useTiles();
  }

  #useTiles() {
    const { tiles } = this.#config;
    if (!tiles || !this.#map) return;
    byId("tiles-setting").hidden = false;
    setText(byId("tiles-note"), tiles.host
      ? `From ${tiles.host}, who sees roughly where you look.` : "From this server.");
    byId("tiles").addEventListener("click", ({ currentTarget }) => {
      const on = currentTarget.getAttribute("aria-checked") !== "true";
      currentTarget.setAttribute("aria-checked", String(on));
      this.#map.showTiles(on);
    });
  }

  #useDevice() {
    document.querySelector("input[name=pace][value=stay]").click();
    navigator.geolocation?.getCurrentPosition(
      ({ coords }) => {
        this.#moveTo({ lat: coords.latitude, lon: coords.longitude }, true);
        this.#map?.frame();
      },
      (error) => this.#announcer.say(`Your device does not say where you are: ${error.message}`));
  }

  async #block(name, whom) {
    if (!await askBlock(name)) return;
    await this.#tell(this.#client.block(whom), `${name[0].toUpperCase()}${name.slice(1)} is blocked.`);
  }

  async #report(name, whom) {
    const answer = await askReport(name);
    if (answer) await this.#tell(this.#client.report(whom, answer.reason), "Thank you. It was reported.");
  }

  async #tell(promise, text) {
    try {
      await promise;
      this.#announcer.say(text);
    } catch (error) {
      this.#announcer.say(`That did not work: ${error.message}`);
    }
  }

  async #loadFriends(wanted) {
    while (this.#client.friends.length < wanted && this.#client.hasMore) await this.#client.more();
  }

  // MARK: Moving

  #moveTo(position, isByHand) {
    this.#position = position;
    if (isByHand) this.#walk.reset();
    this.#client?.move(position);
    this.#draw();
  }

  #tick() {
    const now = Date.now();
    const metres = PACES[this.#pace] * Math.min((now - this.#walkedAt) / 1_000, 5);
    this.#walkedAt = now;
    if (metres > 0) this.#moveTo(this.#walk.advance(this.#position, metres), false);
    this.#showState();
    this.#draw();
  }

  // MARK: Showing

  #drawSoon() {
    if (this.#isDrawn) return;
    this.#isDrawn = true;
    requestAnimationFrame(() => {
      this.#isDrawn = false;
      this.#draw();
    });
  }

  #draw() {
    if (!this.#client) return;
    const now = Date.now();
    const { friends, total, strangers } = this.#client;
    const staleAfter = (this.#client.settings?.stale_after_s ?? 600) * 1_000;
    setText(byId("me-place"), positionText(this.#position));
    setText(byId("friends-count"), this.#client.settings ? String(total) : "");
    this.#showNobody(total);
    this.#friends.show({ friends, total, position: this.#position, now });
    const groups = byCell(strangers.items);
    byId("strangers-card").hidden = !strangers.on;
    setText(byId("strangers-count"), String(strangers.items.length));
    this.#strangers.show(groups);
    const cells = this.#cells(strangers);
    setText(byId("cells-note"), `Looked for in ${cells[0]} and the ${cells.length - 1} cells around it.`);
    if (!this.#map) return;
    this.#map.showMe(this.#position, this.#radius);
    this.#map.showFriends(friends, (friend) => Math.max(0, 1 - Math.max(0, now - friend.ts - 30_000) / staleAfter));
    this.#map.showCells(cells);
    this.#map.showStrangers(groups);
  }

  #showNobody(total) {
    const note = byId("no-friends");
    note.hidden = total > 0 || !this.#client.settings;
    setText(note, `None of your friends is within ${distanceText(this.#radius)}. A larger radius may find some.`);
  }

  /** The nine cells by which strangers are looked for: the server's, or those that it would use. */
  #cells(strangers) {
    if (strangers.on && strangers.cell) return [strangers.cell, ...strangers.cells.filter((cell) => cell !== strangers.cell)];
    const { lat, lon } = this.#position;
    const precision = precisionFor(this.#config.strangers_radius_m, lat, this.#config.precisions);
    return nineCells(encode(lat, lon, precision));
  }

  #showState() {
    const now = Date.now();
    const { state } = this.#client;
    const { short, long, canRetry } = connectionText(state, now);
    byId("connection").dataset.state = state.name;
    setText(byId("connection-text"), short);
    // A hiccup is over before anybody could read about it.
    const isBrief = state.name === "waiting" && state.attempt <= 1 && state.retry_at - now < 1_000;
    byId("banner").hidden = !long || isBrief;
    setText(byId("banner-text"), long ?? "");
    byId("retry").hidden = !canRetry;
    document.body.classList.toggle("not-online", state.name !== "online" && this.#client.settings !== null);
    if (state.name !== this.#lastState) this.#stateChanged(state, now);
  }

  #stateChanged(state, now) {
    const wasLost = ["waiting", "offline", "refused"].includes(this.#lastState);
    if (state.name === "online" && wasLost) this.#announcer.say("Connected again.");
    if (["waiting", "offline", "refused"].includes(state.name) && !wasLost) this.#announcer.say("The connection is lost.");
    // On the way back it is still lost.
    if (state.name !== "connecting" || !wasLost) this.#lastState = state.name;
    const isForgotten = state.name === "refused" && state.reason === "bad_token" && this.#guest.isDemo;
    if (!isForgotten || now - this.#ticketAt < NEW_TICKET_INTERVAL) return;
    this.#ticketAt = now;
    this.#client.retry();
  }

  #showSettings() {
    const { sharing } = this.#client.settings;
    byId("sharing").setAttribute("aria-checked", String(sharing));
    setText(byId("sharing-note"), sharing ? "Friends nearby see you." : "Nobody sees you.");
    this.#showRadius();
    this.#showStrangersSwitch();
  }

  #showRadius() {
    const slider = byId("radius");
    if (document.activeElement !== slider || toRadius(Number(slider.value)) !== this.#radius) slider.value = toSlider(this.#radius);
    slider.setAttribute("aria-valuetext", distanceText(this.#radius));
    setText(byId("radius-text"), distanceText(this.#radius));
  }

  #showStrangersSwitch() {
    const { on, reason, expires_at, too_few } = this.#client.strangers;
    const sharing = this.#client.settings?.sharing ?? true;
    byId("strangers").setAttribute("aria-checked", String(on));
    byId("strangers").disabled = !sharing && !on;
    byId("renew").hidden = !on;
    setText(byId("strangers-note"), strangersNote({ on, reason, expires_at, too_few, sharing }));
  }
}

function strangersNote({ on, reason, expires_at, too_few, sharing }) {
  if (on && too_few) return "Too few people around: they do not see you yet.";
  if (on) return `You see each other’s area, until ${timeText(expires_at)}.`;
  if (!sharing) return "Who does not share does not see.";
  if (reason === "expired") return "The time is over. You can turn it on again.";
  if (reason === "hidden_place") return "Off: you are at a place where nobody is shown.";
  return "Off. Only who is seen can see.";
}

const answer = await fetch("/web/config.json");
new Page(await answer.json());
