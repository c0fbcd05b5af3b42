// nearby.js: a client of the nearby server for browsers, Node and Deno. An ES module without dependencies.
// How to use it: docs/web.md. Types: nearby.d.ts. The protocol: docs/protocol.md.
//
// `NearbyCore` decides and `NearbyClient` acts. The core is a state machine: it is told what happened and when, and says
// what to do (`effects`) and when to ask it again (`due`). It has no socket, no timer, no clock and no randomness of its
// own, so docs/protocol/scenarios can run it step by step. The client gives it a WebSocket, timers and events.

const EARTH_RADIUS_M = 6_371_008.8;

/** Times in milliseconds, lengths in metres. docs/protocol/scenarios/README.md has the same table for other languages. */
export const LIMITS = Object.freeze({
  /** The first pause before a new try is random up to this, each further one up to twice as much. */
  backoffBase: 500,
  backoffMaximum: 60_000,
  /** Tries that a session which is refused for load or numbers counts as having failed already. */
  busyAttempts: 3,
  /** A session that lasted so long forgets the failed tries before it. */
  stableAfter: 10_000,
  /** From opening a connection to its welcome. */
  greetingTime: 15_000,
  /** A move by less is no news, nor is one by less than half of the accuracy, which counts up to `accuracyMaximum`. */
  move: 10,
  accuracyMaximum: 100,
  /** Between two locations. */
  moveInterval: 1_000,
  /** The share of `update_every_s` after which a location is sent although nothing has moved. */
  heartbeat: 0.9,
  /** A `quiet` counts up to this. */
  quietMaximum: 300_000,
  /** A token is replaced this long before its end, or after this share of its remaining life if that is later. */
  refreshBefore: 60_000,
  refreshShare: 0.8,
  /** A token that ends sooner is not shown any more. */
  tokenMargin: 5_000,
  /** After so long without a word from the server, longer than any `quiet`, it is asked for one, with `probeTime` to answer. */
  silence: 330_000,
  /** The same after a sleep or a change of the network. */
  silenceAfterWake: 5_000,
  probeTime: 5_000,
  /** A timer that is so late has slept. */
  sleep: 5_000,
  /** Between two pages of friends that are asked for after a reconnect: less often than the server allows requests. */
  pageInterval: 250,
  /** How many of them are asked for at most. */
  pages: 50,
  /** How often a request that came too early is sent again. */
  requestTries: 3,
});

/** Closed with one of these, a client must not come back as it was. */
const FINAL_CODES = new Set([1002, 1003, 1007, 1008, 1009]);
const FINAL_REASONS = { 4501: "bad_token", 4502: "no_hello", 4506: "revoked" };
const RETRY_REASONS = {
  1001: "going_away", 1011: "fault", 1012: "restart", 1013: "overloaded", 4001: "token_expired", 4003: "no_pong",
  4004: "too_many_sessions", 4006: "rate_limited",
};

const isFinal = (code) => FINAL_CODES.has(code) || (code >= 4500 && code <= 4999);

/** Metres between two positions, on the sphere that the server uses. */
export function distance(a, b) {
  const radians = Math.PI / 180;
  const sinLat = Math.sin(((b.lat - a.lat) * radians) / 2);
  const sinLon = Math.sin(((b.lon - a.lon) * radians) / 2);
  const h = sinLat * sinLat + Math.cos(a.lat * radians) * Math.cos(b.lat * radians) * sinLon * sinLon;
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** When a JWT ends, in milliseconds since 1970; `null` if that cannot be told. Nothing is verified. */
export function tokenExpiry(token) {
  try {
    const claims = JSON.parse(atob(token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/")));
    return Number.isFinite(claims.exp) ? claims.exp * 1_000 : null;
  } catch {
    return null;
  }
}

// What has to be in the server's messages. There may be more in them, and messages of other types.
const isText = (value) => typeof value === "string";
const isFlag = (value) => typeof value === "boolean";
const isNumber = Number.isFinite;
const isAbsentOr = (is) => (value) => value === undefined || is(value);
const isNothingOr = (is) => (value) => value === undefined || value === null || is(value);
const isListOf = (is) => (value) => Array.isArray(value) && value.every((item) => is(item));
const isObject = (members) => (value) => typeof value === "object" && value !== null
  && Object.entries(members).every(([name, is]) => is(value[name]));

const isWithin = (limit) => (value) => isNumber(value) && Math.abs(value) <= limit;

const PLACE = { lat: isWithin(90), lon: isWithin(180), ts: isNumber };
const isFriend = isObject({ id: isText, name: isNothingOr(isText), avatar_url: isNothingOr(isText), ...PLACE, distance_m: isNumber });
const isStranger = isObject({ sid: isText, cell: isText, ...PLACE, distance_m: isNumber });
const CELLS = { precision: isNumber, cell: isText, cells: isListOf(isText) };
const isStrangersMode = isObject({
  radius_m: isNumber, ...CELLS, expires_at: isNumber, too_few: isFlag, items: isListOf(isStranger),
});
const isStrangers = (value) => isObject({ on: isFlag })(value) && (!value.on || isStrangersMode(value));

const isMessageOf = {
  welcome: isObject({
    user: isText, session: isText, sharing: isFlag, radius_m: isNumber, stale_after_s: isNumber, update_every_s: isNumber,
    friends: isObject({ total: isNumber, items: isListOf(isFriend), next: isNothingOr(isText) }), strangers: isStrangers,
  }),
  page: isObject({ items: isListOf(isFriend), next: isNothingOr(isText) }),
  subscribed: isObject({ friend: isText, location: isNothingOr(isObject(PLACE)) }),
  settings: isObject({ radius_m: isNumber, sharing: isFlag }),
  strangers: isStrangers,
  updates: isObject({
    friends: isAbsentOr(isListOf(isFriend)), friends_gone: isAbsentOr(isListOf(isObject({ id: isText, reason: isText }))),
    friends_total: isAbsentOr(isNumber), strangers: isAbsentOr(isListOf(isStranger)),
    strangers_gone: isAbsentOr(isListOf(isObject({ sid: isText }))),
  }),
  cells: isObject(CELLS),
  reconnect: isObject({ after_ms: isNumber, reason: isNothingOr(isText) }),
  error: isObject({ code: isText, message: isNothingOr(isText), retry_after_ms: isAbsentOr(isNumber) }),
};
const isQuiet = isObject({ for_s: isNumber, within_m: isNumber });

/** Whether the server's message can be understood. */
function isReadable(message) {
  if (!isObject({ type: isText })(message)) return false;
  const isWhole = Object.hasOwn(isMessageOf, message.type) ? isMessageOf[message.type](message) : true;
  return isWhole && (typeof message.quiet !== "object" || message.quiet === null || isQuiet(message.quiet));
}

/** What a request failed with: a `code` of the protocol, or `offline`, `stopped`. */
export class NearbyError extends Error {
  constructor(code, message) {
    super(message ?? code);
    this.name = "NearbyError";
    this.code = code;
  }
}

// MARK: The core

export class NearbyCore {
  /** What is to be done, in this order: take it with `takeEffects`. */
  #effects = [];
  #random;
  /** What time it is for others at a time of this clock. */
  #wall;
  // stopped → locating → token → opening → greeting → online; waiting between two tries; refused at a final end.
  #phase = "stopped";
  #networkIsDown = false;
  #reason = null;
  #code = null;
  #attempt = 0;
  #retryAt = Infinity;
  #retryAtForOthers = null;
  #greetingEnds = Infinity;
  #onlineSince = null;
  /** The server's own word when to come back: {at, ms}. */
  #reconnect = null;
  #told = "";

  #token = null;
  #tokenEnds = null;
  #refreshAt = Infinity;
  #isRefreshing = false;

  #fix = null;
  #sent = null;
  #lastTs = 0;
  /** For how long and how far around the location sent last nobody misses another one: {time, within}. Stands until the server says otherwise. */
  #quiet = null;
  #wantsQuiet;
  #needsOtherFix = false;

  #heardAt = -Infinity;
  #probe = null;

  #seq = 0;
  #calls = new Map();
  #queuedSettings = null;
  #queuedStrangers = [];
  #nextCall = 0;

  #wanted;
  #settings = null;
  #friends = new Map();
  #profiles = new Map();
  #total = 0;
  #cursor = null;
  /** Friends in the list of whom only the session before has told. */
  #unconfirmed = new Set();
  /** How many friends the list held when the last session ended; 0 if it holds as many again. */
  #lengthToRestore = 0;
  /** The pages that are asked for after a reconnect: {pages, isAsking, nextAt}; `null` when the list holds all that it is to hold. */
  #restoring = null;
  #sorted = null;
  #goneAt = Infinity;
  #strangers = { on: false, items: new Map() };

  constructor({ radius_m, strangers, quiet = true, random = Math.random, wall = (now) => now } = {}) {
    this.#random = random;
    this.#wall = wall;
    this.#wantsQuiet = quiet;
    this.#wanted = { radius_m, strangers: strangers === true ? {} : strangers || null };
  }

  takeEffects() {
    return this.#effects.splice(0);
  }

  // MARK: What is known

  get state() {
    return {
      name: this.#stateName(), reason: this.#reason, code: this.#code, attempt: this.#attempt,
      retry_at: this.#phase === "waiting" ? this.#retryAtForOthers : null,
    };
  }

  /** What the server said of the user and the session; `null` before the first welcome. */
  get settings() { return this.#settings; }
  get position() { return this.#fix && { lat: this.#fix.lat, lon: this.#fix.lon }; }
  get total() { return Math.max(this.#total, this.#friends.size); }
  get hasMore() { return this.#cursor !== null && this.#confirmedCount() < this.#total; }

  /** Nearest first. */
  get friends() {
    this.#sorted ??= [...this.#friends.values()].map((friend) => this.#withDistance(friend)).sort(
      (a, b) => a.distance_m - b.distance_m || (a.id < b.id ? -1 : 1));
    return this.#sorted;
  }

  friend(id) {
    const friend = this.#friends.get(id);
    return friend && this.#withDistance(friend);
  }

  get strangers() {
    return { ...this.#strangers, items: [...this.#strangers.items.values()].sort((a, b) => (a.sid < b.sid ? -1 : 1)) };
  }

  /** When `tick` is to be called next, whatever else happens; `Infinity` for never. */
  get due() {
    const times = [this.#goneAt];
    if (this.#phase === "waiting") times.push(this.#retryAt);
    if (this.#phase === "opening" || this.#phase === "greeting") times.push(this.#greetingEnds);
    if (this.#phase === "online") {
      times.push(this.#locationDue(), this.#refreshAt, this.#probe?.ends ?? this.#heardAt + LIMITS.silence);
      if (this.#restoring && !this.#restoring.isAsking) times.push(this.#restoring.nextAt);
      for (const call of this.#calls.values()) times.push(call.againAt ?? Infinity);
    }
    return Math.min(...times);
  }

  // MARK: What happens

  start(now) {
    if (this.#phase !== "stopped" && this.#phase !== "refused") return;
    this.#attempt = 0;
    this.#reason = this.#code = null;
    this.#begin(now);
  }

  stop() {
    if (this.#phase === "stopped") return;
    if (this.#hasConnection()) this.#do({ do: "close", code: 1000 });
    this.#phase = "stopped";
    this.#token = null;
    this.#reason = this.#code = this.#reconnect = null;
    this.#forgetSession();
    this.#lengthToRestore = 0;
    this.#failCalls("stopped", true);
    this.#clearLists("client_stopped");
    this.#tellState();
  }

  /** The own position. `ts` is the time of the fix, now if left out. */
  move(now, { lat, lon, ts, accuracy_m }) {
    if (!(Math.abs(lat) <= 90 && Math.abs(lon) <= 180)) throw new NearbyError("bad_location", "no position on Earth");
    this.#fix = { lat, lon, ts: ts ?? this.#wall(now), accuracy_m };
    this.#sorted = null;
    if (this.#phase === "locating") this.#begin(now);
    if (this.#phase === "greeting" && this.#needsOtherFix) this.#hello(now);
    if (this.#phase === "online") this.#sendDueLocation(now);
  }

  tokenGot(now, token) {
    if (this.#phase === "token") {
      if (!token) return this.#refuse("signed_out", null);
      this.#setToken(token);
      return this.#open(now);
    }
    if (!this.#isRefreshing || this.#phase !== "online") return;
    this.#isRefreshing = false;
    if (!token || token === this.#token) return void (this.#refreshAt = this.#retryRefreshAt(now));
    this.#send({ type: "refresh", seq: this.#call("refresh", { token }), token });
  }

  tokenFailed(now) {
    if (this.#phase === "token") this.#waitForNextTry(now, "no_token", null);
    if (!this.#isRefreshing) return;
    this.#isRefreshing = false;
    this.#refreshAt = this.#retryRefreshAt(now);
  }

  opened(now) {
    if (this.#phase !== "opening") return;
    this.#phase = "greeting";
    this.#hello(now);
  }

  /** The connection has ended, by whatever side, or could not be opened (1006). */
  closed(now, code) {
    if (!this.#hasConnection()) return;
    this.#lost(now, code);
  }

  /** The machine or the page slept, or looks at us again. */
  wake(now) {
    this.#forgetStale(now);
    if (this.#phase === "waiting" && this.#mayHurry(now)) return this.#begin(now);
    if (this.#phase === "online") this.#checkConnection(now);
    this.tick(now, false);
  }

  network(now, isUp) {
    const wasDown = this.#networkIsDown;
    this.#networkIsDown = !isUp;
    if (isUp && wasDown) this.wake(now);
    this.#tellState();
  }

  tick(now, mayHaveSlept = true) {
    if (mayHaveSlept && now - this.due > LIMITS.sleep) return this.wake(now);
    this.#forgetStale(now);
    if (this.#phase === "waiting" && now >= this.#retryAt) return this.#begin(now);
    if ((this.#phase === "opening" || this.#phase === "greeting") && now >= this.#greetingEnds) return this.#abandon(now);
    if (this.#phase !== "online") return;
    if (this.#probe && now >= this.#probe.ends) return this.#abandon(now);
    if (!this.#probe && now - this.#heardAt >= LIMITS.silence) this.#sendProbe(now);
    if (now >= this.#refreshAt) this.#refresh();
    for (const [seq, call] of this.#calls) if (now >= (call.againAt ?? Infinity)) this.#sendAgain(seq, call);
    this.#restoreList(now);
    this.#sendDueLocation(now);
  }

  /** What the server said; anything that is not JSON is `undefined`. */
  received(now, message) {
    if (this.#phase !== "greeting" && this.#phase !== "online") return;
    if (!isReadable(message)) return this.#unreadable(now);
    this.#heardAt = now;
    if (message.quiet?.for_s !== undefined) this.#quiet = { time: message.quiet.for_s * 1_000, within: message.quiet.within_m };
    if (message.type === "error") return this.#failed(now, message);
    if (message.type === "reconnect") return void (this.#reconnect = { at: now, ms: message.after_ms });
    if (message.type === "welcome") return this.#welcome(now, message);
    if (this.#phase !== "online") return;
    switch (message.type) {
      case "updates": this.#updates(message); break;
      case "page": this.#page(message); break;
      case "settings": this.#setSettings(message); break;
      case "strangers": this.#setStrangers(message); break;
      case "cells": this.#setCells(message); break;
    }
    if (message.seq !== undefined) this.#answered(now, message);
    this.#restoreList(now);
  }

  // MARK: What is asked of it

  /** Asks the server something; the answer is an effect with the returned number. */
  request(now, type, fields = {}) {
    const id = ++this.#nextCall;
    if (type === "settings" && fields.radius_m !== undefined) this.#wanted.radius_m = fields.radius_m;
    if (type === "strangers") {
      const { on, ...wishes } = fields;
      this.#wanted.strangers = on ? wishes : null;
    }
    if (this.#phase === "online") {
      this.#send({ type, seq: this.#call(type, fields, [id]), ...fields });
    } else if (type === "settings") {
      this.#queueSettings(fields, [id]);
    } else if (type === "strangers") {
      // The next hello asks for it, or does not.
      this.#queuedStrangers.push(id);
    } else {
      this.#do({ do: "settle", id, error: { code: "offline", message: "there is no connection" } });
    }
    return id;
  }

  /** Asks for the next page of friends. */
  more(now) {
    if (this.hasMore) return this.request(now, "more", { cursor: this.#cursor });
    const id = ++this.#nextCall;
    this.#do({ do: "settle", id, answer: { items: [], next: null } });
    return id;
  }

  // MARK: Connecting

  #begin(now) {
    this.#retryAt = Infinity;
    this.#reconnect = null;
    if (!this.#fix) {
      this.#phase = "locating";
    } else if (this.#token && (this.#tokenEnds ?? Infinity) - this.#wall(now) > LIMITS.tokenMargin) {
      return this.#open(now);
    } else {
      this.#phase = "token";
      this.#do({ do: "token" });
    }
    this.#tellState();
  }

  #open(now) {
    this.#phase = "opening";
    this.#greetingEnds = now + LIMITS.greetingTime;
    this.#do({ do: "open" });
    this.#tellState();
  }

  #hello(now) {
    this.#needsOtherFix = false;
    const { radius_m, strangers } = this.#wanted;
    const hello = { type: "hello", token: this.#token, ...this.#takeFix(now) };
    if (radius_m !== undefined) hello.radius_m = radius_m;
    if (strangers) hello.strangers = { on: true, ...strangers };
    if (this.#wantsQuiet) hello.quiet = true;
    this.#send(hello);
  }

  #welcome(now, message) {
    if (this.#phase !== "greeting") return;
    this.#phase = "online";
    this.#onlineSince = now;
    this.#reason = this.#code = null;
    this.#scheduleRefresh(now);
    const { user, session, sharing, radius_m, stale_after_s, update_every_s, friends, strangers } = message;
    if (this.#settings && this.#settings.user !== user) this.#forgetOtherUser();
    this.#settings = { user, session, sharing, radius_m, stale_after_s, update_every_s };
    this.#tellState();
    this.#emit("settings", this.#settings);
    this.#resetFriends(friends);
    this.#setStrangers(strangers);
    this.#sendQueued();
    this.#restoring = { pages: 0, isAsking: false, nextAt: now };
    this.#restoreList(now);
    this.#sendDueLocation(now);
  }

  /**
   * What cannot be understood cannot be left out: who stopped sharing may be in it. The next welcome is the whole
   * truth again.
   */
  #unreadable(now) {
    this.#emit("error", { code: "bad_message", message: "the server cannot be understood" });
    this.#abandon(now);
  }

  /** The connection is as good as gone, but nobody has said so. */
  #abandon(now) {
    this.#do({ do: "close", code: 4000 });
    this.#lost(now, 1006);
  }

  #lost(now, code) {
    const isBadFix = this.#needsOtherFix && code === 4502;
    if (this.#onlineSince !== null && now - this.#onlineSince >= LIMITS.stableAfter) this.#attempt = 0;
    if (this.#settings) this.#goneAt = Math.min(this.#goneAt, now + this.#settings.stale_after_s * 1_000);
    this.#lengthToRestore = Math.max(this.#lengthToRestore, this.#friends.size);
    this.#forgetSession();
    this.#failCalls("offline", false);
    if (code === 4001) this.#token = null;
    if (isBadFix) {
      // The server waited in vain for a position that it could take: the next one opens the way again.
      this.#fix = null;
      return this.#begin(now);
    }
    if (isFinal(code)) return this.#refuse(FINAL_REASONS[code] ?? (code < 4500 ? "protocol" : "refused"), code);
    if (code === 1013 || code === 4004 || code === 4006) this.#attempt = Math.max(this.#attempt, LIMITS.busyAttempts);
    this.#waitForNextTry(now, RETRY_REASONS[code] ?? "connection_lost", code);
  }

  /** Full jitter: any moment up to a limit that doubles, so that clients that were cut off together come back apart. */
  #waitForNextTry(now, reason, code) {
    this.#phase = "waiting";
    this.#reason = reason;
    this.#code = code;
    if (this.#reconnect) {
      this.#attempt = 0;
      this.#retryAt = Math.max(now, this.#reconnect.at + this.#reconnect.ms);
    } else {
      const limit = Math.min(LIMITS.backoffMaximum, LIMITS.backoffBase * 2 ** Math.min(this.#attempt, 20));
      this.#attempt += 1;
      this.#retryAt = now + Math.round(this.#random() * limit);
    }
    this.#retryAtForOthers = Math.round(this.#retryAt - now + this.#wall(now));
    this.#tellState();
  }

  #refuse(reason, code) {
    this.#phase = "refused";
    this.#token = null;
    this.#reason = reason;
    this.#code = code;
    this.#reconnect = null;
    this.#lengthToRestore = 0;
    this.#failCalls(reason, true);
    this.#clearLists("refused");
    this.#tellState();
  }

  /** The server's own word is waited for; our own pause may be cut short. */
  #mayHurry(now) {
    return !this.#reconnect || now >= this.#retryAt;
  }

  #forgetSession() {
    this.#onlineSince = this.#probe = this.#quiet = this.#sent = null;
    this.#refreshAt = this.#greetingEnds = Infinity;
    this.#isRefreshing = this.#needsOtherFix = false;
    this.#restoring = null;
  }

  #hasConnection() {
    return ["opening", "greeting", "online"].includes(this.#phase);
  }

  #stateName() {
    switch (this.#phase) {
      case "token": case "opening": case "greeting": return "connecting";
      case "waiting": return this.#networkIsDown ? "offline" : "waiting";
      default: return this.#phase;
    }
  }

  #tellState() {
    const state = this.state;
    const told = JSON.stringify(state);
    if (told === this.#told) return;
    this.#told = told;
    this.#emit("state", state);
  }

  // MARK: Is anybody there?

  #checkConnection(now) {
    if (!this.#probe && now - this.#heardAt > LIMITS.silenceAfterWake) this.#sendProbe(now);
  }

  /** A request that changes nothing. A page cannot see the server's pings, nor send its own. */
  #sendProbe(now) {
    this.#probe = { ends: now + LIMITS.probeTime };
    this.#send({ type: "settings", seq: this.#call("probe", {}) });
  }

  // MARK: Tokens

  #setToken(token) {
    this.#token = token;
    this.#tokenEnds = tokenExpiry(token);
  }

  #scheduleRefresh(now) {
    if (this.#tokenEnds === null) return void (this.#refreshAt = Infinity);
    const left = this.#tokenEnds - this.#wall(now);
    this.#refreshAt = now + Math.max(left - LIMITS.refreshBefore, left * LIMITS.refreshShare, 0);
  }

  #refresh() {
    this.#refreshAt = Infinity;
    this.#isRefreshing = true;
    this.#do({ do: "token" });
  }

  #retryRefreshAt(now) {
    return now + Math.round(LIMITS.backoffBase + this.#random() * LIMITS.refreshBefore * 0.25);
  }

  // MARK: Locations

  /** The position as a message says it. A `ts` that is not newer than the last one would count for nothing. */
  #takeFix(now) {
    const { lat, lon, ts, accuracy_m } = this.#fix;
    const isNew = ts > this.#lastTs;
    this.#lastTs = isNew ? ts : Math.max(this.#wall(now), this.#lastTs + 1);
    this.#sent = { lat, lon, at: now };
    const fix = { lat, lon, ts: this.#lastTs };
    if (accuracy_m !== undefined) fix.accuracy_m = accuracy_m;
    return fix;
  }

  /** When the next location is to be sent, if the position stays as it is. */
  #locationDue() {
    const { at } = this.#sent;
    const way = distance(this.#fix, this.#sent);
    const accuracy = Math.min(this.#fix.accuracy_m ?? 0, LIMITS.accuracyMaximum);
    const hasMoved = way >= Math.max(LIMITS.move, accuracy / 2);
    return at + this.#pause(hasMoved, way);
  }

  /** Whatever the server says, it is neither without a pause nor silent for good. */
  #pause(hasMoved, way) {
    let pause = LIMITS.moveInterval;
    if (this.#quiet && (!hasMoved || way <= this.#quiet.within)) pause = Math.min(this.#quiet.time, LIMITS.quietMaximum);
    else if (!hasMoved) pause = this.#settings.update_every_s * 1_000 * LIMITS.heartbeat;
    return pause > LIMITS.moveInterval ? pause : LIMITS.moveInterval;
  }

  #sendDueLocation(now) {
    if (now < this.#locationDue()) return;
    const { accuracy_m, ...fix } = this.#takeFix(now);
    this.#send({ type: "location", ...fix, ...(accuracy_m === undefined ? {} : { accuracy_m }) });
  }

  // MARK: Requests and answers

  #send(message) {
    this.#do({ do: "send", message });
  }

  /** Remembers a request, and returns the number by which its answer is known. */
  #call(type, fields, ids = []) {
    this.#seq += 1;
    this.#calls.set(this.#seq, { type, fields, ids, tries: 1 });
    return this.#seq;
  }

  #sendAgain(seq, call) {
    call.againAt = undefined;
    call.tries += 1;
    this.#send({ type: call.type, seq, ...call.fields });
  }

  #answered(now, message) {
    const call = this.#calls.get(message.seq);
    if (!call) return;
    this.#calls.delete(message.seq);
    if (call.type === "probe") this.#probe = null;
    if (call.type === "refresh") {
      this.#setToken(call.fields.token);
      this.#scheduleRefresh(now);
    }
    if (call.type === "more" && call.ids.length === 0 && this.#restoring) this.#restoring.isAsking = false;
    const { type, seq, ...answer } = message;
    for (const id of call.ids) this.#do({ do: "settle", id, answer });
  }

  #failed(now, { seq, code, message, retry_after_ms }) {
    const call = this.#calls.get(seq);
    if (call?.type === "probe") {
      // An answer is an answer.
      this.#probe = null;
      return void this.#calls.delete(seq);
    }
    if (call && Number.isFinite(retry_after_ms) && call.tries < LIMITS.requestTries) {
      call.againAt = now + Math.max(0, retry_after_ms);
      return;
    }
    if (code === "bad_location") this.#locationRefused();
    this.#emit("error", { code, message });
    if (!call) return;
    this.#calls.delete(seq);
    if (call.type === "refresh") this.#refreshAt = this.#retryRefreshAt(now);
    if (call.type === "more" && call.ids.length === 0) this.#endRestoring();
    for (const id of call.ids) this.#do({ do: "settle", id, error: { code, message } });
  }

  /**
   * The server did not take a location, perhaps one of a clock that was ahead: the next one is as of when it is sent, and
   * need not be newer than that one.
   */
  #locationRefused() {
    this.#lastTs = 0;
    this.#fix = { ...this.#fix, ts: 0 };
    if (this.#phase === "greeting") this.#needsOtherFix = true;
  }

  /** What must not be lost is said again after the next welcome. */
  #failCalls(code, isFinal) {
    const calls = [...this.#calls.values()];
    this.#calls.clear();
    for (const { type, fields, ids } of calls) {
      if (!isFinal && type === "settings") this.#queueSettings({ ...fields, ...this.#queuedSettings?.fields }, ids);
      else if (!isFinal && type === "strangers") this.#queuedStrangers.push(...ids);
      else this.#settleAll(ids, { error: { code, message: "the connection has ended" } });
    }
    if (!isFinal) return;
    this.#settleAll([...(this.#queuedSettings?.ids ?? []), ...this.#queuedStrangers], { error: { code, message: code } });
    this.#queuedSettings = null;
    this.#queuedStrangers = [];
  }

  #settleAll(ids, outcome) {
    for (const id of ids) this.#do({ do: "settle", id, ...outcome });
  }

  #queueSettings(fields, ids) {
    const queued = this.#queuedSettings;
    this.#queuedSettings = { fields: { ...queued?.fields, ...fields }, ids: [...(queued?.ids ?? []), ...ids] };
  }

  #sendQueued() {
    const settings = this.#queuedSettings;
    this.#queuedSettings = null;
    if (settings) {
      // The radius was in the hello.
      const { radius_m, ...fields } = settings.fields;
      if (Object.keys(fields).length > 0) {
        this.#send({ type: "settings", seq: this.#call("settings", fields, settings.ids), ...fields });
      } else {
        this.#settleAll(settings.ids, { answer: { radius_m: this.#settings.radius_m, sharing: this.#settings.sharing } });
      }
    }
    this.#settleAll(this.#queuedStrangers.splice(0), { answer: this.strangers });
  }

  // MARK: The lists

  #setSettings({ radius_m, sharing }) {
    if (radius_m === this.#settings.radius_m && sharing === this.#settings.sharing) return;
    this.#settings = { ...this.#settings, radius_m, sharing };
    this.#emit("settings", this.#settings);
  }

  #withDistance(friend) {
    return this.#fix ? { ...friend, distance_m: distance(this.#fix, friend) } : friend;
  }

  #put(friend, changes) {
    const known = this.#friends.get(friend.id);
    const profile = { ...this.#profiles.get(friend.id) };
    for (const key of ["name", "avatar_url"]) if (key in friend) profile[key] = friend[key];
    this.#profiles.set(friend.id, profile);
    this.#unconfirmed.delete(friend.id);
    this.#friends.set(friend.id, { name: friend.id, avatar_url: null, ...profile, ...friend });
    this.#sorted = null;
    changes[known ? "moved" : "entered"].push(friend.id);
  }

  #remove(id, reason, changes) {
    const friend = this.friend(id);
    if (!friend) return;
    this.#friends.delete(id);
    this.#unconfirmed.delete(id);
    this.#sorted = null;
    changes.left.push({ friend, reason });
  }

  /** Who is not in a welcome stays, unconfirmed, until the server tells of them or it turns out that it does not. */
  #resetFriends({ total, items, next }) {
    const changes = { entered: [], moved: [], left: [] };
    this.#unconfirmed = new Set(this.#friends.keys());
    this.#profiles.clear();
    for (const friend of items) this.#put(friend, changes);
    this.#total = total;
    this.#cursor = next;
    this.#tellFriends(changes, true);
  }

  #page({ items, next }) {
    const changes = { entered: [], moved: [], left: [] };
    for (const friend of items) this.#put(friend, changes);
    this.#cursor = next;
    this.#tellFriends(changes, true);
  }

  /** Friends in the list of whom this session was told. */
  #confirmedCount() {
    return this.#friends.size - this.#unconfirmed.size;
  }

  /**
   * After a reconnect. A welcome has the nearest friends only: whoever else was in the list stays in it while pages are
   * asked for, until all of them were told of again or there are no more.
   */
  #restoreList(now) {
    const restoring = this.#restoring;
    if (!restoring) return;
    const isWhole = this.#unconfirmed.size === 0 && this.#confirmedCount() >= this.#lengthToRestore;
    if (isWhole || !this.hasMore) return this.#endRestoring();
    if (restoring.isAsking) return;
    if (restoring.pages === LIMITS.pages) return this.#endRestoring();
    if (now < restoring.nextAt) return;
    this.#restoring = { pages: restoring.pages + 1, isAsking: true, nextAt: now + LIMITS.pageInterval };
    this.#send({ type: "more", seq: this.#call("more", { cursor: this.#cursor }), cursor: this.#cursor });
  }

  #endRestoring() {
    this.#restoring = null;
    this.#lengthToRestore = 0;
    this.#goneAt = Infinity;
    this.#dropUnconfirmed("reconnected");
  }

  /** Whom the server has not told of since its welcome is not in the list. */
  #dropUnconfirmed(reason) {
    const changes = { entered: [], moved: [], left: [] };
    for (const id of [...this.#unconfirmed]) this.#remove(id, reason, changes);
    this.#tellFriends(changes, false);
  }

  /** What was shown to somebody else is nothing to come back to. */
  #forgetOtherUser() {
    this.#lengthToRestore = 0;
    this.#clearLists("reconnected");
  }

  #updates(message) {
    const changes = { entered: [], moved: [], left: [] };
    for (const friend of message.friends ?? []) this.#put(friend, changes);
    for (const { id, reason } of message.friends_gone ?? []) this.#remove(id, reason, changes);
    const hasTotal = message.friends_total !== undefined && message.friends_total !== this.#total;
    if (hasTotal) this.#total = message.friends_total;
    this.#tellFriends(changes, hasTotal);
    if (!message.strangers && !message.strangers_gone) return;
    for (const stranger of message.strangers ?? []) this.#strangers.items.set(stranger.sid, stranger);
    for (const { sid } of message.strangers_gone ?? []) this.#strangers.items.delete(sid);
    this.#emit("strangers", this.strangers);
  }

  #tellFriends({ entered, moved, left }, always) {
    if (!always && entered.length + moved.length + left.length === 0) return;
    this.#emit("friends", {
      entered: entered.map((id) => this.friend(id)), moved: moved.map((id) => this.friend(id)), left,
    });
  }

  #setStrangers({ type, seq, items = [], ...status }) {
    this.#strangers = { ...status, items: new Map(items.map((stranger) => [stranger.sid, stranger])) };
    // Whatever ended it, it is asked for anew by a person, not by a reconnect.
    if (!status.on) this.#wanted.strangers = null;
    this.#emit("strangers", this.strangers);
  }

  #setCells({ precision, cell, cells }) {
    if (!this.#strangers.on) return;
    this.#strangers = { ...this.#strangers, precision, cell, cells };
    this.#emit("strangers", this.strangers);
  }

  /** What nobody vouches for any more is not shown. */
  #forgetStale(now) {
    if (now < this.#goneAt) return;
    if (this.#phase !== "online") return this.#clearLists("inactive");
    // The server has told of some of them again, and vouches for those.
    this.#goneAt = Infinity;
    this.#dropUnconfirmed("inactive");
  }

  #clearLists(reason) {
    this.#goneAt = Infinity;
    const changes = { entered: [], moved: [], left: [] };
    for (const id of [...this.#friends.keys()]) this.#remove(id, reason, changes);
    this.#profiles.clear();
    this.#total = 0;
    this.#cursor = null;
    this.#tellFriends(changes, false);
    if (!this.#strangers.on) return;
    this.#strangers = { on: false, items: new Map() };
    this.#emit("strangers", this.strangers);
  }

  #do(effect) {
    this.#effects.push(effect);
  }

  #emit(event, detail) {
    this.#do({ do: "event", event, detail });
  }
}

// MARK: The client

/** A clock that never goes back, whatever is done to the device's, and that goes on while the device sleeps. */
class SteadyClock {
  #steady = performance.now();
  #wall = Date.now();
  #now = this.#wall;

  /** Milliseconds. */
  now() {
    const [steady, wall] = [performance.now(), Date.now()];
    const passed = steady - this.#steady;
    // Not every browser's own steady clock counts sleep.
    const slept = wall - this.#wall - passed;
    this.#now += slept > LIMITS.sleep ? passed + slept : passed;
    [this.#steady, this.#wall] = [steady, wall];
    return this.#now;
  }
}

/** Connects, stays connected, and knows who is nearby. See `connect`. */
export class NearbyClient extends EventTarget {
  #core;
  #url;
  #fetchToken;
  #WebSocket;
  #socket = null;
  #timer = null;
  #calls = new Map();
  #watch = null;
  #ends = new AbortController();
  #isRunning = false;
  #clock = new SteadyClock();
  #fetches = 0;

  constructor(options) {
    super();
    this.#url = socketURL(options.url);
    this.#fetchToken = typeof options.token === "function" ? options.token : () => options.token;
    this.#WebSocket = options.WebSocket ?? globalThis.WebSocket;
    if (!this.#WebSocket) throw new NearbyError("no_websocket", "pass a WebSocket class in the options");
    this.#core = new NearbyCore({ wall: () => Date.now(), ...options });
    this.#listenToThePage();
    if (options.position === "device") this.watchDevice();
    else if (options.position) this.#core.move(this.#clock.now(), options.position);
    this.#core.start(this.#clock.now());
    // Not before the caller could listen.
    queueMicrotask(() => this.#run());
  }

  get state() { return this.#core.state; }
  get settings() { return this.#core.settings; }
  get position() { return this.#core.position; }
  /** Friends within the radius that were told, nearest first. */
  get friends() { return this.#core.friends; }
  /** How many there are within the radius, told or not. */
  get total() { return this.#core.total; }
  get hasMore() { return this.#core.hasMore; }
  get strangers() { return this.#core.strangers; }

  friend(id) { return this.#core.friend(id); }

  /** Tells where the own user is. Call it as often as you like: it is sent as often as is worth it. */
  move(position) {
    this.#core.move(this.#clock.now(), position);
    this.#run();
  }

  /** Follows the device's position, until `close` or `unwatchDevice`. */
  watchDevice(options = { enableHighAccuracy: true, maximumAge: 5_000 }) {
    this.unwatchDevice();
    this.#watch = navigator.geolocation.watchPosition(
      ({ coords, timestamp }) => this.move({
        lat: coords.latitude, lon: coords.longitude, accuracy_m: coords.accuracy, ts: Math.round(timestamp),
      }),
      (error) => this.#dispatch("error", { code: "no_position", message: error.message }), options);
  }

  unwatchDevice() {
    if (this.#watch !== null) navigator.geolocation.clearWatch(this.#watch);
    this.#watch = null;
  }

  more() { return this.#promise(this.#core.more(this.#clock.now())); }
  setRadius(radius_m) { return this.#request("settings", { radius_m }); }
  /** False: invisible to everyone at once. */
  setSharing(sharing) { return this.#request("settings", { sharing }); }
  /** Turns strangers on, renews them, or turns them off. */
  setStrangers(on, { radius_m, precision } = {}) {
    const fields = { on };
    if (radius_m !== undefined) fields.radius_m = radius_m;
    if (precision !== undefined) fields.precision = precision;
    return this.#request("strangers", fields);
  }
  /** Where a friend is, at any distance. */
  async subscribe(friend) { return (await this.#request("subscribe", { friend })).location; }
  unsubscribe(friend) { return this.#request("unsubscribe", { friend }); }
  /** `{user}` or `{sid}`. */
  block(whom) { return this.#request("block", whom); }
  report(whom, reason) { return this.#request("report", { ...whom, reason }); }

  /** Tries again at once, also after a final refusal. */
  retry() {
    const now = this.#clock.now();
    this.#core.start(now);
    this.#core.wake(now);
    this.#run();
  }

  close() {
    this.unwatchDevice();
    this.#ends.abort();
    this.#core.stop();
    this.#run();
  }

  #request(type, fields) {
    return this.#promise(this.#core.request(this.#clock.now(), type, fields));
  }

  #promise(id) {
    const promise = new Promise((resolve, reject) => this.#calls.set(id, { resolve, reject }));
    // Who does not wait for the outcome hears of it by the event `error`.
    promise.catch(() => {});
    this.#run();
    return promise;
  }

  /** Does what the core wants done, then sets the timer to when it wants to be asked again. */
  #run() {
    if (this.#isRunning) return;
    this.#isRunning = true;
    try {
      for (let effects = this.#core.takeEffects(); effects.length > 0; effects = this.#core.takeEffects()) {
        for (const effect of effects) this.#perform(effect);
      }
    } finally {
      this.#isRunning = false;
    }
    this.#setTimer();
  }

  #perform(effect) {
    switch (effect.do) {
      case "open": return this.#open();
      case "send": return this.#socket?.send(JSON.stringify(effect.message));
      case "close": return this.#closeSocket(effect.code);
      case "token": return void this.#getToken();
      case "event": return this.#dispatch(effect.event, effect.detail);
      case "settle": return this.#settle(effect);
    }
  }

  #open() {
    let socket;
    try {
      socket = new this.#WebSocket(this.#url);
    } catch {
      // Not allowed here, and perhaps not for now; as if it could not be opened.
      return this.#core.closed(this.#clock.now(), 1006);
    }
    this.#socket = socket;
    const mine = (handle) => (event) => {
      if (this.#socket !== socket) return;
      handle(this.#clock.now(), event);
      this.#run();
    };
    socket.addEventListener("open", mine((now) => this.#core.opened(now)));
    socket.addEventListener("message", mine((now, { data }) => this.#receive(now, data)));
    socket.addEventListener("close", mine((now, { code }) => {
      this.#socket = null;
      this.#core.closed(now, code);
    }));
  }

  #receive(now, text) {
    let message;
    try {
      message = JSON.parse(text);
    } catch {
      // The core sees that it is none.
    }
    this.#core.received(now, message);
  }

  #closeSocket(code) {
    this.#socket?.close(code);
    this.#socket = null;
  }

  async #getToken() {
    this.#fetches += 1;
    const fetch = this.#fetches;
    // Somebody else may have signed in since an earlier one was asked for.
    const isWanted = () => fetch === this.#fetches;
    try {
      const token = await this.#fetchToken();
      if (isWanted()) this.#core.tokenGot(this.#clock.now(), token);
    } catch (error) {
      if (!isWanted()) return;
      this.#dispatch("error", { code: "no_token", message: String(error?.message ?? error) });
      this.#core.tokenFailed(this.#clock.now());
    }
    this.#run();
  }

  #settle({ id, answer, error }) {
    const call = this.#calls.get(id);
    this.#calls.delete(id);
    if (error) call?.reject(new NearbyError(error.code, error.message));
    else call?.resolve(answer);
  }

  #dispatch(type, detail) {
    this.dispatchEvent(Object.assign(new Event(type), { detail }));
  }

  #setTimer() {
    clearTimeout(this.#timer);
    const { due } = this.#core;
    if (due === Infinity) return;
    // Longer ones than this would fire at once.
    const pause = Math.min(Math.max(0, Math.ceil(due - this.#clock.now())), 2 ** 31 - 1);
    this.#timer = setTimeout(() => {
      this.#core.tick(this.#clock.now());
      this.#run();
    }, pause);
  }

  #listenToThePage() {
    const { signal } = this.#ends;
    const on = (target, type, act) => target?.addEventListener?.(type, () => { act(this.#clock.now()); this.#run(); }, { signal });
    const page = globalThis.document;
    on(page, "visibilitychange", (now) => { if (page.visibilityState === "visible") this.#core.wake(now); });
    on(globalThis, "pageshow", (now) => this.#core.wake(now));
    on(globalThis, "online", (now) => this.#core.network(now, true));
    on(globalThis, "offline", (now) => this.#core.network(now, false));
  }
}

/** The WebSocket's address: of the server that this module came from, unless another one is given. */
function socketURL(url) {
  const base = import.meta.url.startsWith("http") ? import.meta.url : "http://127.0.0.1:8080/";
  const address = new URL(url ?? "/v1/ws", base);
  address.protocol = address.protocol.replace("http", "ws");
  return address.href;
}

/** Connects to the server and stays connected until `close`. */
export function connect(options) {
  return new NearbyClient(options);
}
