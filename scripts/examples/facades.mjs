/** The fronts of the street: masonry, windows, shops. */
import { blend, fbm, hash, noise, seam, shade, smoothstep } from './noise.mjs';
import { box } from './tracer.mjs';

const walls = [
  { tone: [0.4, 0.2, 0.13], trim: [0.55, 0.5, 0.42], floors: 5, brick: true },
  { tone: [0.52, 0.44, 0.32], trim: [0.6, 0.57, 0.5], floors: 6 },
  { tone: [0.3, 0.32, 0.34], trim: [0.5, 0.5, 0.5], floors: 5 },
  { tone: [0.46, 0.28, 0.2], trim: [0.58, 0.54, 0.48], floors: 4, brick: true },
  { tone: [0.56, 0.53, 0.48], trim: [0.34, 0.32, 0.3], floors: 7 },
];

/** Houses on both sides of the street and across its end, with shops at their feet. */
export function facades() {
  const houses = [];
  for (let index = 0; index < 10; index++) {
    const start = -8 + index * 11;
    const style = walls[index % walls.length];
    houses.push(house([-30, start], [-11.4, start + 10.96], style, index));
  }
  for (let index = 0; index < 6; index++) {
    const start = 27 + index * 12;
    houses.push(house([7.4, start], [30, start + 11.96], walls[(index + 3) % walls.length], index + 20));
  }
  houses.push(house([-14, 118], [16, 130], walls[1], 40));
  return houses;
}

function house([x1, z1], [x2, z2], style, seed) {
  const height = 4.2 + style.floors * 3.2;
  return box([x1, 0, z1], [x2, height, z2], (x, y, z, nx) => {
    const u = Math.abs(nx) > 0.5 ? z - z1 : x - x1;
    return facadeMaterial(u, y, height, style, seed);
  });
}

function facadeMaterial(u, y, height, style, seed) {
  const dirt = 0.82 + 0.3 * fbm(u * 0.4, y * 0.25, seed, 4);
  if (y > height - 0.55) return { albedo: shade(style.trim, y > height - 0.2 ? 0.95 : 0.6) };
  if (y < 4) return shopMaterial(u, y, style, seed);
  const level = Math.floor((y - 4.2) / 3.2);
  const v = y - 4.2 - level * 3.2;
  const bay = Math.floor(u / 2.19);
  const across = u - bay * 2.19 - 1.095;
  const wide = 0.52;
  if (y > 4.2 && v > 0.75 && v < 2.75 && Math.abs(across) < wide + 0.14) {
    const frame = Math.abs(across) > wide || v < 0.86 || v > 2.62;
    if (frame) return { albedo: shade(style.trim, dirt) };
    const recess = v > 2.4 || across > wide - 0.1;
    const bar = Math.abs(across) < 0.035 || Math.abs(v - 2.0) < 0.03;
    if (bar) return { albedo: shade([0.6, 0.6, 0.58], recess ? 0.4 : 0.9) };
    const curtain = hash(bay, level, seed) > 0.55 && Math.abs(across) > wide - 0.2 - hash(bay, level, seed + 1) * 0.2;
    return {
      albedo: shade(curtain ? [0.36, 0.34, 0.3] : [0.02, 0.026, 0.034], recess ? 0.3 : 1),
      reflect: recess ? 0.02 : 0.14,
    };
  }
  if (v < 0.12 && y > 4.2) return { albedo: shade(style.trim, 0.85 * dirt) };
  const course = style.brick
    ? seam(y, 0.16) < 0.014 || seam(u + (Math.floor(y / 0.16) % 2) * 0.15, 0.3) < 0.012
      ? 0.8
      : 0.9 + 0.2 * hash(Math.floor(y / 0.16), Math.floor(u / 0.3), seed)
    : 1;
  return { albedo: shade(style.tone, dirt * course) };
}

const awnings = [
  [0.06, 0.2, 0.15],
  [0.4, 0.06, 0.05],
  [0.06, 0.1, 0.25],
  [0.45, 0.33, 0.08],
];

function shopMaterial(u, y, style, seed) {
  const colour = awnings[(seed * 7) % awnings.length];
  if (y > 3.5) return { albedo: shade(style.trim, 0.8) };
  if (y > 2.85) {
    const text = noise(u * 5, 1, seed) > 0.5 && Math.abs(y - 3.18) < 0.14 && Math.abs((u % 5.5) - 2.7) < 1.4;
    return { albedo: text ? [0.7, 0.66, 0.55] : colour };
  }
  if (y > 2.45) return { albedo: Math.floor(u / 0.35) % 2 === 0 ? [0.62, 0.6, 0.56] : colour };
  const post = seam(u, 2.74) < 0.16 || y < 0.45;
  if (post) return { albedo: shade(colour, 0.6) };
  const inside = fbm(u * 1.6, y * 2.2, seed, 3);
  return {
    albedo: blend([0.025, 0.024, 0.024], [0.3, 0.22, 0.13], smoothstep(0.5, 0.8, inside)),
    reflect: 0.12,
    glow: shade([0.1, 0.07, 0.035], smoothstep(0.45, 0.75, inside)),
  };
}
