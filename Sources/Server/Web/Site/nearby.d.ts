// Types of nearby.js. What the members mean in full: docs/protocol.md.

export interface Position {
  /** WGS84 degrees. */
  lat: number;
  lon: number;
}

export interface Fix extends Position {
  /** When the position was measured, milliseconds since 1970; now if left out. */
  ts?: number;
  /** Radius of uncertainty. The worse it is, the further a move has to be to be sent. */
  accuracy_m?: number;
}

export interface Friend extends Position {
  id: string;
  name: string;
  avatar_url: string | null;
  ts: number;
  /** From the own newest position, known to the server or not. */
  distance_m: number;
}

export interface Stranger extends Position {
  /** A pseudonym; another one soon. */
  sid: string;
  /** The cell in which the stranger is, somewhere. `lat` and `lon` are the middle of it, not of the stranger. */
  cell: string;
  /** In whole minutes. */
  ts: number;
  distance_m: number;
}

export interface Strangers {
  on: boolean;
  /** Why the server turned it off. */
  reason?: "expired" | "suspended" | "hidden_place";
  radius_m?: number;
  precision?: number;
  /** The own routing cell, and it with its neighbours. */
  cell?: string;
  cells?: string[];
  /** Milliseconds since 1970. `setStrangers(true)` renews. */
  expires_at?: number;
  /** The own user is not shown to strangers: too few people are around. */
  too_few?: boolean;
  items: Stranger[];
}

export interface Settings {
  user: string;
  session: string;
  sharing: boolean;
  radius_m: number;
  stale_after_s: number;
  update_every_s: number;
}

export interface State {
  /**
   * - `stopped`: closed.
   * - `locating`: no position yet; call `move` or `watchDevice`.
   * - `connecting`: to a token, a connection, a welcome.
   * - `online`.
   * - `waiting`: until `retry_at`, then it tries again by itself.
   * - `offline`: the same, and the device says that it has no network.
   * - `refused`: it will not try again by itself; `retry` makes it.
   */
  name: "stopped" | "locating" | "connecting" | "online" | "waiting" | "offline" | "refused";
  /** Why it is not online, for example `restart`, `connection_lost`, `bad_token`. */
  reason: string | null;
  /** The WebSocket's close code, if there was one. */
  code: number | null;
  /** How many tries have failed in a row. */
  attempt: number;
  retry_at: number | null;
}

export interface FriendsChange {
  entered: Friend[];
  moved: Friend[];
  /** `reason`: the protocol's, or `reconnected`, `inactive`, `refused`, `client_stopped` if the client itself forgot them. */
  left: { friend: Friend; reason: string }[];
}

export interface NearbyEvents {
  state: State;
  settings: Settings;
  friends: FriendsChange;
  strangers: Strangers;
  error: { code: string; message: string };
}

export interface ConnectOptions {
  /**
   * Gives a token whenever one is needed: at the start, before the last one ends, after it ended. `null` means that the
   * user has signed out. A token itself will do for a try.
   */
  token: string | (() => string | null | Promise<string | null>);
  /** Where the server is; where this module came from if left out. `http`, `https`, `ws` and `wss` will do. */
  url?: string | URL;
  /** Where the user is, or `"device"` to follow the browser's geolocation. May come later, by `move`. */
  position?: Fix | "device";
  /** Friends within it are nearby; the server's setting if left out. */
  radius_m?: number;
  /** See strangers, and be one to them. */
  strangers?: boolean | { radius_m?: number; precision?: number };
  /** Let the server say how long and how far nobody misses another location; true if left out. False: also for a dense history. */
  quiet?: boolean;
  /** For an environment without `WebSocket`, such as Node before 22. */
  WebSocket?: typeof WebSocket;
  /** Numbers from 0 to 1, for the pauses before new tries. */
  random?: () => number;
}

export declare class NearbyError extends Error {
  /** A code of the protocol, `offline`, or the state's reason after which it cannot be answered any more. */
  code: string;
}

export declare class NearbyClient extends EventTarget {
  constructor(options: ConnectOptions);
  readonly state: State;
  /** `null` before the first welcome. */
  readonly settings: Settings | null;
  readonly position: Position | null;
  /** Friends within the radius that the server has told of, nearest first. */
  readonly friends: Friend[];
  /** How many there are, told of or not. */
  readonly total: number;
  readonly hasMore: boolean;
  readonly strangers: Strangers;

  friend(id: string): Friend | undefined;
  /** Cheap: what is not worth a message is not sent. */
  move(fix: Fix): void;
  watchDevice(options?: PositionOptions): void;
  unwatchDevice(): void;
  /** The next page of friends, which then are in `friends`. */
  more(): Promise<{ items: Friend[]; next: string | null }>;
  setRadius(radius_m: number): Promise<{ radius_m: number; sharing: boolean }>;
  /** False: invisible to everyone at once. Asked for offline, it is sent first thing. */
  setSharing(sharing: boolean): Promise<{ radius_m: number; sharing: boolean }>;
  setStrangers(on: boolean, wishes?: { radius_m?: number; precision?: number }): Promise<Strangers>;
  subscribe(friend: string): Promise<(Position & { ts: number }) | null>;
  unsubscribe(friend: string): Promise<void>;
  block(whom: { user: string } | { sid: string }): Promise<void>;
  report(whom: { user: string } | { sid: string }, reason: string): Promise<void>;
  /** Tries again at once, also after a refusal. */
  retry(): void;
  /** For good. */
  close(): void;

  addEventListener<K extends keyof NearbyEvents>(
    type: K, listener: (event: Event & { detail: NearbyEvents[K] }) => void, options?: AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | AddEventListenerOptions,
  ): void;
}

/** Connects to the server and stays connected until `close`. */
export declare function connect(options: ConnectOptions): NearbyClient;

/** Metres between two positions, as the server measures. */
export declare function distance(a: Position, b: Position): number;

/** When a JWT ends, milliseconds since 1970. */
export declare function tokenExpiry(token: string): number | null;

/** Times in milliseconds and lengths in metres by which a client acts. */
export declare const LIMITS: Readonly<Record<string, number>>;

/**
 * What decides, without a socket, a timer or a clock: for other transports, and for the scenarios of the protocol.
 * Every method that takes `now` takes milliseconds of a clock that never goes back. `wall` says what time that is for
 * others, in milliseconds since 1970; left out, it is the same.
 */
export declare class NearbyCore {
  constructor(
    options?: Pick<ConnectOptions, "radius_m" | "strangers" | "quiet" | "random"> & { wall?: (now: number) => number },
  );
  readonly state: State;
  readonly settings: Settings | null;
  readonly position: Position | null;
  readonly friends: Friend[];
  readonly total: number;
  readonly hasMore: boolean;
  readonly strangers: Strangers;
  /** When `tick` is to be called; `Infinity` for never. */
  readonly due: number;
  friend(id: string): Friend | undefined;
  start(now: number): void;
  stop(): void;
  move(now: number, fix: Fix): void;
  tokenGot(now: number, token: string | null): void;
  tokenFailed(now: number): void;
  opened(now: number): void;
  closed(now: number, code: number): void;
  /** What the server said; `undefined` for what is not JSON. */
  received(now: number, message: unknown): void;
  wake(now: number): void;
  network(now: number, isUp: boolean): void;
  tick(now: number): void;
  request(now: number, type: string, fields?: object): number;
  more(now: number): number;
  takeEffects(): CoreEffect[];
}

export type CoreEffect =
  | { do: "open" }
  | { do: "close"; code: number }
  | { do: "token" }
  | { do: "send"; message: object }
  | { do: "event"; event: keyof NearbyEvents; detail: unknown }
  | { do: "settle"; id: number; answer?: object; error?: { code: string; message: string } };
