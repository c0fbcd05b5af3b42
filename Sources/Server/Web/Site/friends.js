// The list beside the map: nearest first, a page at a time.

import { avatar, element, setText } from "./elements.js";
import { ageText, directionText, distanceText } from "./words.js";

const PAGE = 20;
/** So that the list does not jump under a finger. */
const ORDER_INTERVAL = 1_000;

export class FriendsList {
  #list;
  #more;
  #avatars;
  #actions;
  #items = new Map();
  #shown = PAGE;
  #orderedAt = 0;

  /** `actions`: `focus(friend)`, `highlight(id)`, `block(friend)`, `report(friend)`, `more()`. */
  constructor({ list, more, avatars, actions }) {
    this.#list = list;
    this.#more = more;
    this.#avatars = avatars;
    this.#actions = actions;
    more.addEventListener("click", () => this.#showMore());
  }

  async #showMore() {
    this.#more.disabled = true;
    const first = this.#shown;
    this.#shown += PAGE;
    await this.#actions.more(this.#shown).catch(() => {});
    this.#more.disabled = false;
    this.#orderedAt = 0;
    this.#actions.refresh();
    // Whoever reads along goes on where the list ended.
    this.#list.children[first]?.querySelector("button")?.focus();
  }

  show({ friends, total, position, now }) {
    const page = friends.slice(0, this.#shown);
    if (now - this.#orderedAt >= ORDER_INTERVAL || page.some(({ id }) => !this.#items.has(id)) || page.length !== this.#items.size) {
      this.#orderedAt = now;
      this.#arrange(page);
    }
    for (const friend of page) {
      const item = this.#items.get(friend.id);
      if (item) this.#fill(item, friend, position, now);
    }
    const left = total - page.length;
    this.#more.hidden = left <= 0;
    setText(this.#more, `Show ${Math.min(left, PAGE)} more of ${total}`);
  }

  /** Puts the items into their order. Only what stands in the wrong place is moved, and the focus stays. */
  #arrange(page) {
    const wanted = new Set(page.map(({ id }) => id));
    for (const [id, { node }] of this.#items) {
      if (wanted.has(id)) continue;
      node.remove();
      this.#items.delete(id);
    }
    const focused = this.#list.contains(document.activeElement) ? document.activeElement : null;
    page.forEach((friend, index) => {
      let item = this.#items.get(friend.id);
      if (item && item.name !== friend.name) {
        item.node.remove();
        item = null;
      }
      item ??= this.#add(friend);
      if (this.#list.children[index] !== item.node) this.#list.insertBefore(item.node, this.#list.children[index] ?? null);
    });
    if (focused && document.activeElement !== focused && focused.isConnected) focused.focus({ preventScroll: true });
  }

  #add(friend) {
    const { id } = friend;
    const where = element("span");
    const age = element("span");
    const current = () => this.#items.get(id)?.friend ?? friend;
    const who = element(
      "button", {
        class: "who", type: "button", click: () => this.#actions.focus(current()),
        pointerenter: () => this.#actions.highlight(id), pointerleave: () => this.#actions.highlight(null),
        focus: () => this.#actions.highlight(id), blur: () => this.#actions.highlight(null),
      },
      avatar(friend, this.#avatars),
      element("span", {}, element("span", { class: "name" }, friend.name), element("span", { class: "where" }, where, " ", age)));
    const node = element("li", {}, who, personMenu(friend.name, {
      block: () => this.#actions.block(current()), report: () => this.#actions.report(current()),
    }));
    const item = { node, where, age, name: friend.name, friend };
    this.#items.set(id, item);
    return item;
  }

  #fill(item, friend, position, now) {
    item.friend = friend;
    const distance = distanceText(friend.distance_m);
    setText(item.where, distance === "here" ? "right here" : `${distance} ${directionText(position, friend)}`);
    setText(item.age, `updated ${ageText(now - friend.ts)}`);
  }
}

/** The menu of what can be done about somebody. */
export function personMenu(name, { block, report }) {
  const menu = element("details", { class: "menu" });
  const act = (action) => () => {
    menu.open = false;
    action();
  };
  menu.append(
    element("summary", { "aria-label": `About ${name}` }, element("span", { "aria-hidden": "true" }, "⋯")),
    element(
      "div", {}, element("button", { type: "button", click: act(block) }, "Block…"),
      element("button", { type: "button", click: act(report) }, "Report…")));
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  menu.addEventListener("focusout", ({ relatedTarget }) => {
    if (!menu.contains(relatedTarget)) menu.open = false;
  });
  return menu;
}
