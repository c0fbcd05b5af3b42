// Making elements without any text ever becoming markup.

import { hue, initials } from "./words.js";

/** `element("button", {class: "quiet", type: "button"}, "Text", otherElement)`. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key, value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value != null) made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

/** Changes a text only if it is another one, so that nothing is painted or read out for nothing. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** A round picture: the avatar if its origin is allowed, or initials on a colour of the own. */
export function avatar({ id, name, avatar_url }, allowedOrigins) {
  const disc = element("span", { class: "avatar", "aria-hidden": "true" }, initials(name));
  disc.style.setProperty("--hue", hue(id));
  const address = avatar_url && URL.canParse(avatar_url, location.href) ? new URL(avatar_url, location.href) : null;
  if (address && [location.origin, ...allowedOrigins].includes(address.origin)) {
    const image = element("img", { alt: "", src: address.href, referrerpolicy: "no-referrer" });
    image.addEventListener("error", () => image.remove());
    disc.append(image);
  }
  return disc;
}
