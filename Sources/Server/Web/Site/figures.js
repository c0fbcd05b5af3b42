// From the server's counters to figures per second, and from classes to percentiles.

/** Keeps the answers of the last minutes. */
export class Figures {
  static #kept = 90;
  #answers = [];

  add(stats, now) {
    const last = this.#answers.at(-1);
    // Counters that went back belong to a new process.
    if (last && stats.uptime_s < last.stats.uptime_s) this.#answers = [];
    this.#answers.push({ stats, now });
    if (this.#answers.length > Figures.#kept) this.#answers.shift();
  }

  get newest() { return this.#answers.at(-1)?.stats; }

  /** How much a counter grew a second between the last two answers. */
  rate(read) {
    return this.rates(read).at(-1) ?? 0;
  }

  rates(read) {
    return this.#answers.slice(1).map(({ stats, now }, index) => {
      const before = this.#answers[index];
      return Math.max(0, read(stats) - read(before.stats)) / Math.max(0.001, (now - before.now) / 1_000);
    });
  }

  values(read) {
    return this.#answers.map(({ stats }) => read(stats));
  }

  /** How much a counter grew within the last so many milliseconds. */
  growth(read, milliseconds) {
    const newest = this.#answers.at(-1);
    const oldest = this.#answers.find(({ now }) => now >= newest.now - milliseconds);
    return newest ? Math.max(0, read(newest.stats) - read(oldest.stats)) : 0;
  }

  /** What a share of the deliveries of the last seconds took at most; `null` if there were none. */
  latency(share, milliseconds = 10_000) {
    const ends = this.newest.latency.up_to_ms;
    const counts = this.newest.latency.deliveries.map((_, index) => this.growth((stats) => stats.latency.deliveries[index], milliseconds));
    const total = counts.reduce((sum, count) => sum + count, 0);
    if (total === 0) return null;
    let seen = 0;
    const index = counts.findIndex((count) => (seen += count) >= total * share);
    return ends[index] ?? Infinity;
  }
}

export function numberText(value) {
  if (value >= 1e6) return `${(value / 1e6).toFixed(1)} M`;
  if (value >= 1e4) return `${Math.round(value / 1e3)} k`;
  if (value >= 100 || Number.isInteger(value)) return String(Math.round(value));
  return value.toFixed(1);
}

export function bytesText(bytes) {
  return bytes >= 2 ** 30 ? `${(bytes / 2 ** 30).toFixed(2)} GiB` : `${Math.round(bytes / 2 ** 20)} MiB`;
}

export function durationText(seconds) {
  if (seconds < 60) return `${Math.floor(seconds)} s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3_600)} h ${Math.floor((seconds % 3_600) / 60)} min`;
  return `${Math.floor(seconds / 86_400)} d ${Math.floor((seconds % 86_400) / 3_600)} h`;
}
