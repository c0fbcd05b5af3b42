// Strangers in the list: so many in this cell, and what can be done about each.

import { element, setText } from "./elements.js";
import { personMenu } from "./friends.js";
import { countText, distanceText, timeText } from "./words.js";

/** Strangers by their published cell, nearest cell first. */
export function byCell(items) {
  const groups = new Map();
  for (const stranger of [...items].sort((a, b) => a.distance_m - b.distance_m || (a.cell < b.cell ? -1 : 1))) {
    groups.set(stranger.cell, [...(groups.get(stranger.cell) ?? []), stranger]);
  }
  return groups;
}

export class StrangersList {
  #container;
  #actions;
  #groups = new Map();

  constructor({ container, actions }) {
    this.#container = container;
    this.#actions = actions;
  }

  show(groups) {
    for (const [cell, group] of this.#groups) {
      if (groups.has(cell)) continue;
      group.node.remove();
      this.#groups.delete(cell);
    }
    let index = 0;
    for (const [cell, people] of groups) {
      const group = this.#groups.get(cell) ?? this.#add(cell);
      setText(group.title, ` · ${countText(people.length, "person", "people")}, ${this.#away(people[0].distance_m)}`);
      this.#fill(group, people);
      if (this.#container.children[index] !== group.node) this.#container.insertBefore(group.node, this.#container.children[index] ?? null);
      index += 1;
    }
  }

  /** Opens the list of a cell. */
  open(cell) {
    const group = this.#groups.get(cell);
    if (!group) return;
    group.node.open = true;
    group.node.querySelector("summary").focus();
    group.node.scrollIntoView({ block: "nearest" });
  }

  #away(metres) {
    const text = distanceText(metres);
    return text === "here" ? "in your own area" : `about ${text} away`;
  }

  #add(cell) {
    const title = element("span");
    const list = element("ul", { class: "people" });
    const node = element("details", { class: "stranger-group" }, element("summary", {}, element("code", {}, cell), title), list);
    const group = { node, title, list, sids: "" };
    this.#groups.set(cell, group);
    return group;
  }

  #fill(group, people) {
    const sids = people.map(({ sid, ts }) => sid + ts).join();
    if (sids === group.sids) return;
    group.sids = sids;
    group.list.replaceChildren(...people.map((stranger) => element(
      "li", {}, element("span", { class: "quiet" }, `Somebody, ${timeText(stranger.ts)}`),
      personMenu("this stranger", {
        block: () => this.#actions.block(stranger), report: () => this.#actions.report(stranger),
      }))));
  }
}
