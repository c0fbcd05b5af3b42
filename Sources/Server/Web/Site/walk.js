// Somebody who walks by themselves: along the demo's streets, or across country where there are none.

const METRES_PER_DEGREE = 111_194.93;

export const PACES = { stay: 0, walk: 1.4, cycle: 5, drive: 14 };

const STRAIGHT_ON = 0.7;
/** Across country: how far one way goes, and how far a turn turns. */
const LEG = { least: 150, most: 600 };
const TURN = Math.PI / 3;

/** Metres east and north of one position from another. Good for short ways. */
function offset(from, to) {
  return {
    east: (to.lon - from.lon) * METRES_PER_DEGREE * Math.cos((from.lat * Math.PI) / 180),
    north: (to.lat - from.lat) * METRES_PER_DEGREE,
  };
}

function moved(from, { east, north }) {
  return {
    lat: from.lat + north / METRES_PER_DEGREE,
    lon: from.lon + east / (METRES_PER_DEGREE * Math.cos((from.lat * Math.PI) / 180)),
  };
}

/** The corners of a city whose streets all cross all its avenues. */
class Corners {
  constructor(features) {
    const lines = (kind) => features.filter((feature) => feature.properties.kind === kind)
      .map((feature) => feature.geometry.coordinates);
    this.avenues = lines("avenue");
    this.streetCount = lines("street").length;
  }

  position({ avenue, street }) {
    const [start, end] = this.avenues[avenue];
    const share = street / (this.streetCount - 1);
    return { lon: start[0] + (end[0] - start[0]) * share, lat: start[1] + (end[1] - start[1]) * share };
  }

  nearest(position) {
    let best = null;
    for (let avenue = 0; avenue < this.avenues.length; avenue += 1) {
      for (let street = 0; street < this.streetCount; street += 1) {
        const { east, north } = offset(position, this.position({ avenue, street }));
        const away = Math.hypot(east, north);
        if (!best || away < best.away) best = { avenue, street, away };
      }
    }
    return best;
  }

  /** The corners around one. */
  around({ avenue, street }) {
    return [[0, 1], [0, -1], [1, 0], [-1, 0]]
      .map(([dx, dy]) => ({ avenue: avenue + dx, street: street + dy, way: `${dx},${dy}`, back: `${-dx},${-dy}` }))
      .filter((next) => this.avenues[next.avenue] && next.street >= 0 && next.street < this.streetCount);
  }
}

export class Walk {
  #corners;
  #target = null;
  #corner = null;
  #heading = Math.random() * 2 * Math.PI;

  constructor(streets) {
    this.#corners = streets ? new Corners(streets.features) : null;
  }

  /** Forgets the way, because somebody was put elsewhere. */
  reset() {
    this.#target = this.#corner = null;
  }

  /** Where somebody is who was at `position` and has gone on for so many metres. */
  advance(position, metres) {
    for (let left = metres, turns = 0; ; turns += 1) {
      this.#target ??= this.#next(position);
      const way = offset(position, this.#target);
      const length = Math.hypot(way.east, way.north);
      if (length > left || turns > 20) {
        const share = length > 0 ? Math.min(1, left / length) : 0;
        return moved(position, { east: way.east * share, north: way.north * share });
      }
      left -= length;
      position = this.#target;
      this.#target = null;
    }
  }

  #next(position) {
    return this.#corners ? this.#nextCorner(position) : this.#nextLeg(position);
  }

  #nextCorner(position) {
    if (!this.#corner) {
      this.#corner = this.#corners.nearest(position);
    } else {
      const options = this.#corners.around(this.#corner);
      const ahead = options.filter((option) => option.way !== this.#corner.back);
      const straight = ahead.find((option) => option.way === this.#corner.way);
      this.#corner = straight && Math.random() < STRAIGHT_ON ? straight : ahead[Math.floor(Math.random() * ahead.length)];
    }
    return this.#corners.position(this.#corner);
  }

  #nextLeg(position) {
    this.#heading += (Math.random() * 2 - 1) * TURN;
    const length = LEG.least + Math.random() * (LEG.most - LEG.least);
    const next = moved(position, { east: length * Math.sin(this.#heading), north: length * Math.cos(this.#heading) });
    return { lat: Math.max(-85, Math.min(85, next.lat)), lon: ((next.lon + 540) % 360) - 180 };
  }
}
