/** Value noise and its sums, from an integer hash: the same on every machine. */

/** A number 0–1 that belongs to three integers. */
export function hash(x, y, z) {
  let h = Math.imul(x, 374761393) ^ Math.imul(y, 668265263) ^ Math.imul(z, 2147483647 ^ 0x5bd1e995);
  h = Math.imul(h ^ (h >>> 13), 1274126177);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  return ((h ^ (h >>> 15)) >>> 0) / 4294967296;
}

/** Smooth noise 0–1 in space. */
export function noise(x, y, z) {
  const ix = Math.floor(x);
  const iy = Math.floor(y);
  const iz = Math.floor(z);
  const fx = fade(x - ix);
  const fy = fade(y - iy);
  const fz = fade(z - iz);
  const plane = (k) =>
    mix(
      mix(hash(ix, iy, iz + k), hash(ix + 1, iy, iz + k), fx),
      mix(hash(ix, iy + 1, iz + k), hash(ix + 1, iy + 1, iz + k), fx),
      fy,
    );
  return mix(plane(0), plane(1), fz);
}

/** Several octaves of noise, 0–1. */
export function fbm(x, y, z, octaves = 4) {
  let sum = 0;
  let weight = 0.5;
  let scale = 1;
  for (let octave = 0; octave < octaves; octave++) {
    sum += weight * noise(x * scale, y * scale, z * scale + octave * 17);
    weight /= 2;
    scale *= 2.03;
  }
  return sum / (1 - 2 ** -octaves);
}

export function mix(a, b, t) {
  return a + (b - a) * t;
}

export function clamp(value, low = 0, high = 1) {
  return value < low ? low : Math.min(value, high);
}

export function smoothstep(low, high, value) {
  const t = clamp((value - low) / (high - low));
  return t * t * (3 - 2 * t);
}

/** Distance to the nearest multiple of `size`. */
export function seam(value, size) {
  return Math.abs(value - Math.round(value / size) * size);
}

/** Blend of two colours. */
export function blend(a, b, t) {
  return [mix(a[0], b[0], t), mix(a[1], b[1], t), mix(a[2], b[2], t)];
}

export function shade(colour, factor) {
  return [colour[0] * factor, colour[1] * factor, colour[2] * factor];
}

function fade(t) {
  return t * t * (3 - 2 * t);
}
