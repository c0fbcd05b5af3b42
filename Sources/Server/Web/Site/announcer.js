// Tells screen readers what changed, seldom and summed up.

import { namesText } from "./words.js";

const PAUSE = 10_000;

export class Announcer {
  #region;
  #came = new Map();
  #left = new Map();
  #timer = null;

  /** `region` is a live region that nothing else writes to. */
  constructor(region) {
    this.#region = region;
  }

  say(text) {
    this.#region.textContent = text;
  }

  friendsChanged({ entered, left }) {
    for (const { id, name } of entered) if (!this.#left.delete(id)) this.#came.set(id, name);
    for (const { friend } of left) if (!this.#came.delete(friend.id)) this.#left.set(friend.id, friend.name);
    if (this.#came.size + this.#left.size > 0) this.#timer ??= setTimeout(() => this.#sayFriends(), PAUSE);
  }

  #sayFriends() {
    this.#timer = null;
    const parts = [];
    if (this.#came.size > 0) parts.push(`${namesText([...this.#came.values()])} nearby.`);
    if (this.#left.size > 0) parts.push(`${namesText([...this.#left.values()])} no longer nearby.`);
    this.#came.clear();
    this.#left.clear();
    if (parts.length > 0) this.say(parts.join(" "));
  }
}
