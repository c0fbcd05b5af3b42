// Figures in words, for people.

const POINTS = ["north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west"];

/** `80 m`, `1.2 km`, `12 km`. */
export function distanceText(metres) {
  const tens = Math.round(metres / 10) * 10;
  if (metres < 10) return "here";
  if (tens < 1_000) return `${tens} m`;
  return metres < 9_950 ? `${(metres / 1_000).toFixed(1)} km` : `${Math.round(metres / 1_000)} km`;
}

/** `just now`, `12 s ago`, `3 min ago`, `2 h ago`. */
export function ageText(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1_000));
  if (seconds < 5) return "just now";
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ago`;
  return `${Math.floor(seconds / 3_600)} h ago`;
}

/** `north-east`. */
export function directionText(from, to) {
  const radians = Math.PI / 180;
  const turn = (to.lon - from.lon) * radians;
  const y = Math.sin(turn) * Math.cos(to.lat * radians);
  const x = Math.cos(from.lat * radians) * Math.sin(to.lat * radians)
    - Math.sin(from.lat * radians) * Math.cos(to.lat * radians) * Math.cos(turn);
  return POINTS[Math.round(((Math.atan2(y, x) / radians + 360) % 360) / 45) % 8];
}

/** `40.75360° N, 73.98320° W`. */
export function positionText({ lat, lon }) {
  const part = (value, positive, negative) => `${Math.abs(value).toFixed(4)}° ${value < 0 ? negative : positive}`;
  return `${part(lat, "N", "S")}, ${part(lon, "E", "W")}`;
}

export function timeText(milliseconds) {
  return new Date(milliseconds).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

/** `Ada, Ben and 3 others`. */
export function namesText(names) {
  if (names.length <= 2) return names.join(" and ");
  if (names.length === 3) return `${names[0]}, ${names[1]} and ${names[2]}`;
  return `${names[0]}, ${names[1]} and ${names.length - 2} others`;
}

export const countText = (count, one, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

/** One or two letters for a name. */
export function initials(name) {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words;
  return letters.map((word) => [...word][0]).join("").toUpperCase() || "?";
}

/** A hue that is always the same for the same id. */
export function hue(id) {
  let hash = 2_166_136_261;
  for (const character of id) hash = Math.imul(hash ^ character.codePointAt(0), 16_777_619);
  return (hash >>> 0) % 360;
}
