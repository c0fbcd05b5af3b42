// Geohash cells, as far as a map has to draw them.

const ALPHABET = "0123456789bcdefghjkmnpqrstuvwxyz";

/** How many bits of longitude and latitude a precision has. */
const bits = (precision) => ({ lon: Math.ceil((precision * 5) / 2), lat: Math.floor((precision * 5) / 2) });

/** Which of 2^bits equal parts of ±limit a coordinate is in; the upper end belongs to the last part. */
function part(value, limit, count) {
  return Math.min(Math.floor(((value + limit) / (2 * limit)) * count), count - 1);
}

function spell(column, row, precision) {
  const width = bits(precision);
  let hash = "";
  let [lon, lat] = [width.lon, width.lat];
  for (let character = 0; character < precision; character += 1) {
    let value = 0;
    for (let bit = 0; bit < 5; bit += 1) {
      const isLon = (character * 5 + bit) % 2 === 0;
      const digit = isLon ? Math.floor(column / 2 ** --lon) % 2 : Math.floor(row / 2 ** --lat) % 2;
      value = value * 2 + digit;
    }
    hash += ALPHABET[value];
  }
  return hash;
}

function read(hash) {
  let [column, row, isLon] = [0, 0, true];
  for (const character of hash.toLowerCase()) {
    const value = ALPHABET.indexOf(character);
    if (value < 0) throw new RangeError("not a geohash");
    for (let bit = 4; bit >= 0; bit -= 1) {
      const digit = (value >> bit) & 1;
      if (isLon) column = column * 2 + digit;
      else row = row * 2 + digit;
      isLon = !isLon;
    }
  }
  return { column, row };
}

/** The cell of a position. */
export function encode(lat, lon, precision) {
  const width = bits(precision);
  return spell(part(lon, 180, 2 ** width.lon), part(lat, 90, 2 ** width.lat), precision);
}

/** The edges of a cell. */
export function bounds(hash) {
  const { column, row } = read(hash);
  const width = bits(hash.length);
  const [lonStep, latStep] = [360 / 2 ** width.lon, 180 / 2 ** width.lat];
  return {
    south: -90 + row * latStep, north: -90 + (row + 1) * latStep,
    west: -180 + column * lonStep, east: -180 + (column + 1) * lonStep,
  };
}

const COMPASS = { n: [0, 1], ne: [1, 1], e: [1, 0], se: [1, -1], s: [0, -1], sw: [-1, -1], w: [-1, 0], nw: [-1, 1] };

/** The neighbours by compass point; `null` beyond a pole. */
export function neighbors(hash) {
  const { column, row } = read(hash);
  const width = bits(hash.length);
  const [columns, rows] = [2 ** width.lon, 2 ** width.lat];
  return Object.fromEntries(Object.entries(COMPASS).map(([point, [dx, dy]]) => {
    const y = row + dy;
    return [point, y < 0 || y >= rows ? null : spell((column + dx + columns) % columns, y, hash.length)];
  }));
}

/** A cell and its neighbours: nine, or six at a pole. */
export function nineCells(hash) {
  return [hash, ...new Set(Object.values(neighbors(hash)).filter((cell) => cell !== null && cell !== hash))];
}

/** The finest of these precisions whose nine cells around a position surely hold all that is within a radius. */
export function precisionFor(radius, lat, precisions) {
  const metresPerDegree = 111_194.93;
  const fits = (precision) => {
    const width = bits(precision);
    const height = (180 / 2 ** width.lat) * metresPerDegree;
    const edge = Math.min(Math.abs(lat) + radius / metresPerDegree, 90);
    return height >= radius && (360 / 2 ** width.lon) * metresPerDegree * Math.cos((edge * Math.PI) / 180) >= radius;
  };
  const sorted = [...precisions].sort((a, b) => b - a);
  return sorted.find(fits) ?? sorted.at(-1);
}
