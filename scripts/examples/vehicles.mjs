/** Cars and a bus as distance fields: a drawn side view, given width, rounding and a taper towards the roof. */
import { lettered } from './looks.mjs';
import { clamp, noise, smoothstep } from './noise.mjs';
import { field } from './tracer.mjs';

const tyre = [0.012, 0.012, 0.013];
const glass = { albedo: [0.012, 0.016, 0.02], reflect: 0.16, gloss: 0.4, shine: 180 };
const rubber = { albedo: tyre, gloss: 0.04 };

/** Side view of a hatchback, nose at −z: [z, y] from the front bumper over the roof to the rear, then along the sill. */
const carOutline = [
  [-2.06, 0.34],
  [-2.1, 0.5],
  [-2.06, 0.7],
  [-1.9, 0.82],
  [-1.1, 0.96],
  [-0.98, 0.99],
  [-0.32, 1.4],
  [0.0, 1.47],
  [0.75, 1.48],
  [1.35, 1.4],
  [1.8, 1.08],
  [1.98, 0.98],
  [2.08, 0.72],
  [2.06, 0.4],
  [1.9, 0.27],
  [-1.9, 0.25],
];
const carSideGlass = [
  [-0.78, 0.98],
  [-0.22, 1.33],
  [0.05, 1.39],
  [0.8, 1.395],
  [1.25, 1.33],
  [1.5, 1.04],
];

/** A car on the ground at `at`, nose along −z turned by `yaw`. */
export function car({ at, yaw = 0, paint }) {
  const wheels = [-1.28, 1.3];
  const distance = (x, y, z) => {
    const shoulder = Math.abs(x) + smoothstep(0.92, 1.5, y) * 0.2 + smoothstep(1.2, 2.1, Math.abs(z)) * 0.13;
    const body = extrude(polygon(carOutline, z, y), shoulder - 0.86, 0.07) * 0.9;
    const arch = Math.min(...wheels.map((w) => Math.hypot(z - w, y - 0.33) - 0.39));
    const cut = Math.max(body, -Math.max(arch, 0.62 - Math.abs(x)));
    const mirror = Math.hypot((Math.abs(x) - 0.94) * 0.9, (y - 1.0) * 1.4, (z + 0.62) * 1.3) - 0.11;
    return Math.min(cut, mirror, wheel(Math.abs(x), y, z, wheels, 0.33, 0.72, 0.09));
  };
  const material = (x, y, z, n) => {
    const disc = wheelMaterial(y, z, wheels, 0.33);
    if (disc && Math.abs(x) < 0.84) return disc;
    const coat = { albedo: paint, reflect: 0.07, gloss: 0.55, shine: 120 };
    if (y < 0.34) return { albedo: [0.02, 0.02, 0.022] };
    if (Math.abs(n[0]) > 0.62) {
      const inside = polygon(carSideGlass, z, y);
      const pillar = Math.abs(z - 0.42) < 0.045;
      if (inside < 0 && !pillar) return glass;
      if (inside < 0.03) return { albedo: [0.015, 0.015, 0.017], gloss: 0.2 };
      const gap = [-0.86, 0.42, 1.32].some((door) => Math.abs(z - door) < 0.009 && y > 0.38 && y < 0.98);
      if (gap) return { albedo: [0.01, 0.01, 0.01] };
      if (Math.abs(y - 0.84) < 0.016 && [0.2, 1.1].some((handle) => Math.abs(z - handle) < 0.09))
        return { albedo: [0.35, 0.35, 0.36], gloss: 0.5 };
      return coat;
    }
    if (y > 1.0 && y < 1.4 && Math.abs(x) < 0.68 - (y - 1) * 0.2 && (z < -0.3 || z > 1.3)) return glass;
    return z < -1.6 ? noseMaterial(x, y, coat) : z > 1.7 ? tailMaterial(x, y, coat) : coat;
  };
  return placed(at, yaw, [1.06, 1.56, 2.2], distance, material);
}

function noseMaterial(x, y, coat) {
  const ax = Math.abs(x);
  if (ax > 0.43 && ax < 0.8 && y > 0.62 && y < 0.76)
    return { albedo: [0.75, 0.77, 0.8], reflect: 0.2, gloss: 1, glow: [0.3, 0.3, 0.28] };
  if (ax < 0.4 && y > 0.62 && y < 0.74) return { albedo: [0.02, 0.02, 0.022], gloss: 0.3 };
  if (ax < 0.27 && y > 0.44 && y < 0.55)
    return lettered('R47', (x / 0.5 + 0.5) * 18, ((y - 0.455) / 0.085) * 7)
      ? { albedo: [0.02, 0.02, 0.02] }
      : { albedo: [0.7, 0.7, 0.66] };
  if (y > 0.36 && y < 0.44 && ax < 0.62) return { albedo: [0.015, 0.015, 0.015] };
  return coat;
}

function tailMaterial(x, y, coat) {
  const ax = Math.abs(x);
  if (ax > 0.5 && y > 0.74 && y < 0.96)
    return { albedo: [0.4, 0.01, 0.012], gloss: 0.7, reflect: 0.08, glow: [0.1, 0.002, 0.002] };
  if (ax < 0.27 && y > 0.6 && y < 0.72) return { albedo: [0.66, 0.6, 0.2] };
  return coat;
}

const busHalf = { width: 1.26, length: 5.6, height: 3.02 };

/** A city bus on the ground at `at`, nose along −z; its doors are on the +x side. */
export function bus({ at, yaw = 0, paint, band }) {
  const wheels = [-2.95, 3.05];
  const { width, length, height } = busHalf;
  const distance = (x, y, z) => {
    const lean = z < -5 ? smoothstep(1.0, 3.0, y) * 0.16 : 0;
    const dx = Math.abs(x) - width + 0.16 + smoothstep(2.3, 3.02, y) * 0.07;
    const dy = Math.abs(y - (height + 0.34) / 2) - (height - 0.34) / 2 + 0.16;
    const dz = Math.abs(z) - length + 0.16 + lean;
    const body =
      Math.hypot(Math.max(dx, 0), Math.max(dy, 0), Math.max(dz, 0)) + Math.min(Math.max(dx, dy, dz), 0) - 0.16;
    const arch = Math.min(...wheels.map((w) => Math.hypot(z - w, y - 0.48) - 0.58));
    const cut = Math.max(body, -Math.max(arch, 0.95 - Math.abs(x)));
    const mirror =
      Math.hypot((Math.abs(x) - 1.42) * 1.6, Math.max(0, Math.abs(y - 2.2) - 0.16), (z + 5.62) * 1.4) - 0.09;
    const unit = Math.max(Math.abs(x) - 0.8, Math.abs(y - 3.1) - 0.12, Math.abs(z - 1.5) - 1.3) - 0.03;
    return Math.min(cut, mirror, unit, wheel(Math.abs(x), y, z, wheels, 0.48, 1.08, 0.14));
  };
  const material = (x, y, z, n) => {
    const disc = wheelMaterial(y, z, wheels, 0.48);
    if (disc && Math.abs(x) < 1.23) return disc;
    const coat = { albedo: paint, reflect: 0.05, gloss: 0.35, shine: 90 };
    if (Math.abs(x) > 1.32 || y < 0.42) return { albedo: [0.02, 0.02, 0.023], gloss: 0.2 };
    if (n[2] < -0.6) return busFront(x, y, coat, band);
    if (Math.abs(n[0]) > 0.6) return busSide(x, y, z, coat, band);
    return y > 2.9 ? { albedo: [0.6, 0.6, 0.58], gloss: 0.1 } : coat;
  };
  return placed(at, yaw, [1.65, 3.3, 5.85], distance, material);
}

function busFront(x, y, coat, band) {
  const ax = Math.abs(x);
  if (y > 2.52 && y < 2.86 && ax < 1.0) {
    const lit = lettered('24 CENTRAL', (x / 1.72 + 0.5) * 60, ((y - 2.57) / 0.24) * 7);
    return { albedo: [0.01, 0.01, 0.01], glow: lit ? [2.2, 1.05, 0.12] : [0, 0, 0], gloss: 0.1 };
  }
  if (y > 1.22 && y < 2.94 && ax < 1.17) {
    const wiper = Math.abs(y - 1.28 - Math.abs(ax - 0.5) * 0.25) < 0.014 && ax > 0.1 && ax < 0.9;
    return wiper ? { albedo: tyre } : { ...glass, albedo: y < 1.6 ? [0.02, 0.022, 0.025] : glass.albedo };
  }
  if (ax > 0.72 && ax < 1.1 && y > 0.74 && y < 0.92)
    return { albedo: [0.8, 0.8, 0.82], reflect: 0.2, gloss: 1, glow: [0.55, 0.53, 0.46] };
  if (ax < 0.3 && y > 0.52 && y < 0.66) return { albedo: [0.7, 0.7, 0.66] };
  if (ax < 0.62 && y > 0.74 && y < 0.9) return { albedo: [0.03, 0.03, 0.034], gloss: 0.2 };
  if (y > 1.0 && y < 1.16) return { ...coat, albedo: band };
  return coat;
}

function busSide(x, y, z, coat, band) {
  const door = x > 0 && [-4.6, 0.1].find((centre) => Math.abs(z - centre) < 0.66);
  if (typeof door === 'number' && y < 2.62) {
    const leaf = Math.abs(z - door);
    const frame = leaf < 0.03 || leaf > 0.6 || y > 2.52 || y < 0.52 || Math.abs(leaf - 0.31) > 0.24;
    return frame ? { albedo: [0.03, 0.03, 0.035], gloss: 0.2 } : glass;
  }
  if (y > 1.32 && y < 2.5 && z > -5.25 && z < 5.2) {
    const u = (z + 5.25) / 1.49;
    const edge = Math.abs(u - Math.round(u)) * 1.49;
    if (edge < 0.045) return { albedo: [0.02, 0.02, 0.022], gloss: 0.3 };
    const seatBack = y < 1.62 && noise(z * 2.2, 1, 4) > 0.35;
    return seatBack ? { ...glass, albedo: [0.03, 0.05, 0.1] } : glass;
  }
  if (y > 1.02 && y < 1.2) return { ...coat, albedo: band };
  if (Math.abs(y - 0.72) < 0.006 || (y < 1.0 && Math.abs((z / 1.49) % 1) < 0.006))
    return { ...coat, albedo: coat.albedo.map((value) => value * 0.4) };
  return coat;
}

function wheel(ax, y, z, axles, radius, centre, half) {
  let least = 9;
  for (const axle of axles) {
    const round = Math.hypot(z - axle, y - radius) - radius + 0.03;
    const wide = Math.abs(ax - centre) - half + 0.03;
    const gap = Math.hypot(Math.max(round, 0), Math.max(wide, 0)) + Math.min(Math.max(round, wide), 0) - 0.03;
    if (gap < least) least = gap;
  }
  return least;
}

function wheelMaterial(y, z, axles, radius) {
  for (const axle of axles) {
    const away = Math.hypot(z - axle, y - radius) / radius;
    if (away > 1.03) continue;
    if (away > 0.68) return rubber;
    const spoke = Math.cos(Math.atan2(y - radius, z - axle) * 10);
    return spoke > -0.2 || away > 0.58 || away < 0.2
      ? { albedo: [0.36, 0.37, 0.38], gloss: 0.6, reflect: 0.12 }
      : { albedo: [0.02, 0.02, 0.02] };
  }
  return null;
}

function extrude(flat, thick, round) {
  const a = flat + round;
  const b = thick + round;
  return Math.hypot(Math.max(a, 0), Math.max(b, 0)) + Math.min(Math.max(a, b), 0) - round;
}

/** Signed distance to a polygon of [x, y] corners. */
function polygon(corners, x, y) {
  let square = Infinity;
  let inside = false;
  for (let i = 0, j = corners.length - 1; i < corners.length; j = i++) {
    const [ax, ay] = corners[i];
    const [bx, by] = corners[j];
    const ex = bx - ax;
    const ey = by - ay;
    const px = x - ax;
    const py = y - ay;
    const t = clamp((px * ex + py * ey) / (ex * ex + ey * ey));
    const qx = px - ex * t;
    const qy = py - ey * t;
    square = Math.min(square, qx * qx + qy * qy);
    if (ay > y !== by > y && x < ax + (ex * (y - ay)) / ey) inside = !inside;
  }
  return inside ? -Math.sqrt(square) : Math.sqrt(square);
}

/** Sets an object of half extent [x, z] and height, modelled about the origin, on the ground. */
function placed(at, yaw, [halfX, height, halfZ], distance, material) {
  const cos = Math.cos(yaw);
  const sin = Math.sin(yaw);
  const reachX = Math.abs(cos) * halfX + Math.abs(sin) * halfZ;
  const reachZ = Math.abs(cos) * halfZ + Math.abs(sin) * halfX;
  const local = (x, z) => [(x - at[0]) * cos - (z - at[2]) * sin, (x - at[0]) * sin + (z - at[2]) * cos];
  return field(
    [at[0] - reachX, at[1], at[2] - reachZ],
    [at[0] + reachX, at[1] + height, at[2] + reachZ],
    (x, y, z) => {
      const [lx, lz] = local(x, z);
      return distance(lx, y - at[1], lz);
    },
    (x, y, z, nx, ny, nz) => {
      const [lx, lz] = local(x, z);
      return material(lx, y - at[1], lz, [nx * cos - nz * sin, ny, nx * sin + nz * cos]);
    },
  );
}
