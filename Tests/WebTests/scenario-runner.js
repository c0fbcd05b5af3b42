// Runs the scenarios of docs/protocol/scenarios (their README has the format) against a core of nearby.js.

const DISTANCE_TOLERANCE_M = 0.05;
const MAXIMUM_TICKS = 10_000;

/** Runs one scenario. Throws an error that names the step if anything is other than it should be. */
export function runScenario(scenario, NearbyCore) {
  if (scenario.format !== 1) throw new Error("unknown format");
  const run = new Run(scenario, NearbyCore);
  scenario.steps.forEach((step, index) => {
    try {
      run.step(step);
    } catch (error) {
      throw new Error(`${scenario.name}, step ${index + 1} (${step.note ?? JSON.stringify(step).slice(0, 120)}): ${error.message}`);
    }
  });
  return scenario.steps.length;
}

const OUTPUTS = ["open", "close", "token", "send"];

class Run {
  constructor(scenario, NearbyCore) {
    this.start = scenario.start_ms;
    this.now = scenario.start_ms;
    this.core = new NearbyCore({ ...this.filled(scenario.client ?? {}), random: () => scenario.random ?? 0.5 });
    this.bound = new Map();
    this.calls = new Map();
  }

  step({ note, expect = {}, ...input }) {
    this.done = [];
    this.began = this.now;
    const names = Object.keys(input).filter((name) => !["with", "as"].includes(name));
    if (names.length > 1) throw new Error(`more than one input: ${names}`);
    if (names.length === 1) this.input(names[0], this.filled(input));
    this.collect();
    this.check(this.filled(expect, true));
  }

  input(name, input) {
    const { core, now } = this;
    switch (name) {
      case "call": return this.call(input);
      case "move": return core.move(now, input.move);
      case "token": return core.tokenGot(now, input.token);
      case "token_error": return core.tokenFailed(now);
      case "open": return core.opened(now);
      case "receive": return core.received(now, input.receive);
      case "close": return core.closed(now, input.close);
      case "wait_ms": return this.wait(input.wait_ms);
      case "sleep_ms":
        this.now += input.sleep_ms;
        if (core.due <= this.now) core.tick(this.now);
        return;
      case "wake": return core.wake(now);
      case "network": return core.network(now, input.network);
      default: throw new Error(`unknown input ${name}`);
    }
  }

  call({ call, with: fields, as }) {
    if (call === "start") return this.core.start(this.now);
    if (call === "stop") return this.core.stop();
    const id = call === "more" ? this.core.more(this.now) : this.core.request(this.now, call, fields ?? {});
    this.calls.set(id, as ?? call);
  }

  wait(milliseconds) {
    const end = this.now + milliseconds;
    for (let ticks = 0; this.core.due <= end; ticks += 1) {
      if (ticks > MAXIMUM_TICKS) throw new Error("the client asks for ticks without end");
      this.now = Math.max(this.now, this.core.due);
      this.core.tick(this.now);
      this.collect();
    }
    this.now = end;
  }

  collect() {
    for (const effect of this.core.takeEffects()) this.done.push({ ...effect, at: this.now - this.began });
  }

  check({ do: wanted = [], answers = {}, entered, moved, left, errors, state, friends, total, has_more, strangers, settings, ...rest }) {
    const unknown = Object.keys(rest);
    if (unknown.length > 0) throw new Error(`unknown expectation ${unknown}`);
    this.checkOutputs(wanted);
    this.checkAnswers(answers);
    const changes = this.done.filter((effect) => effect.event === "friends").map((effect) => effect.detail);
    const ids = (name) => changes.flatMap((change) => change[name].map((friend) => friend.id)).sort();
    if (entered) match(ids("entered"), entered.toSorted(), "entered");
    if (moved) match(ids("moved"), moved.toSorted(), "moved");
    const gone = changes.flatMap((change) => change.left.map(({ friend, reason }) => ({ id: friend.id, reason })));
    if (left) match(byID(gone), byID(left), "left");
    if (errors) match(this.done.filter((effect) => effect.event === "error").map((effect) => effect.detail.code), errors, "errors");
    const { core } = this;
    if (state) {
      const { retry_at, ...known } = core.state;
      match({ ...known, retry_in_ms: retry_at === null ? null : retry_at - this.now }, state, "state");
    }
    if (friends) match(core.friends, friends, "friends");
    if (total !== undefined) match(core.total, total, "total");
    if (has_more !== undefined) match(core.hasMore, has_more, "has_more");
    if (strangers) match(core.strangers, strangers, "strangers");
    if (settings) match(core.settings, settings, "settings");
  }

  checkOutputs(wanted) {
    const outputs = this.done.filter((effect) => OUTPUTS.includes(effect.do));
    const said = (effect) => (effect.do === "send" ? JSON.stringify(effect.message) : effect.do);
    if (outputs.length !== wanted.length) {
      throw new Error(`should do ${wanted.length} things: ${JSON.stringify(wanted)}; did ${outputs.map(said).join(", ") || "nothing"}`);
    }
    wanted.forEach((want, index) => {
      const { after_ms, ...what } = typeof want === "string" ? { [want]: true } : want;
      const [name] = Object.keys(what);
      const output = outputs[index];
      if (output.do !== name) throw new Error(`should ${name}, but did ${said(output)}`);
      if (after_ms !== undefined) match(output.at, after_ms, `time of ${name}`);
      if (name === "close" && what.close !== true) match(output.code, what.close, "close");
      if (name === "send") this.matchMessage(output.message, what.send);
    });
  }

  /** A message is to have exactly these members; a `seq` of `$name` is any number, kept under the name. */
  matchMessage(message, want) {
    const plain = JSON.parse(JSON.stringify(message));
    const missing = Object.keys(plain).filter((key) => !(key in want));
    if (missing.length > 0) throw new Error(`sent ${JSON.stringify(plain)} with ${missing} too much`);
    for (const [key, value] of Object.entries(want)) {
      if (key === "seq" && typeof value === "string") {
        if (!Number.isInteger(plain.seq)) throw new Error(`sent ${JSON.stringify(plain)} without seq`);
        this.bound.set(value, plain.seq);
      } else {
        match(plain[key], value, `sent ${key}`);
      }
    }
  }

  checkAnswers(wanted) {
    const settled = {};
    for (const effect of this.done) {
      if (effect.do === "settle") settled[this.calls.get(effect.id)] = effect.error ? { error: effect.error.code } : effect.answer;
    }
    match(Object.keys(settled).sort(), Object.keys(wanted).sort(), "answered calls");
    for (const [name, want] of Object.entries(wanted)) match(settled[name], want, `answer of ${name}`);
  }

  /** `"@1500"` is 1,500 ms after the start; `"$name"` the number that was bound to it. */
  filled(value, isExpectation = false) {
    if (Array.isArray(value)) return value.map((item) => this.filled(item, isExpectation));
    if (value && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.filled(item, isExpectation)]));
    }
    if (typeof value === "string" && /^@-?\d+$/.test(value)) return this.start + Number(value.slice(1));
    if (typeof value === "string" && value.startsWith("$") && !isExpectation) {
      if (!this.bound.has(value)) throw new Error(`${value} was not sent`);
      return this.bound.get(value);
    }
    return value;
  }
}

const byID = (items) => items.toSorted((a, b) => (a.id < b.id ? -1 : 1));

/** Objects may have more members than wanted; lists have exactly those. */
function match(actual, wanted, what) {
  if (Array.isArray(wanted)) {
    const isSame = Array.isArray(actual) && actual.length === wanted.length;
    if (!isSame) throw new Error(`${what} should be ${JSON.stringify(wanted)}, is ${JSON.stringify(actual)}`);
    wanted.forEach((item, index) => match(actual[index], item, `${what}[${index}]`));
  } else if (wanted && typeof wanted === "object") {
    if (!actual || typeof actual !== "object") throw new Error(`${what} should be ${JSON.stringify(wanted)}, is ${JSON.stringify(actual)}`);
    for (const [key, item] of Object.entries(wanted)) match(actual[key], item, `${what}.${key}`);
  } else if (what.endsWith("distance_m")) {
    if (!(Math.abs(actual - wanted) <= DISTANCE_TOLERANCE_M)) throw new Error(`${what} should be ${wanted}, is ${actual}`);
  } else if (actual !== wanted) {
    throw new Error(`${what} should be ${JSON.stringify(wanted)}, is ${JSON.stringify(actual)}`);
  }
}
