/** The sports scene: three players at a ball on a sunlit pitch, a goal and full stands behind them. */
import { human } from './human.mjs';
import { players } from './looks.mjs';
import { blend, clamp, fbm, hash, noise, seam, shade, smoothstep } from './noise.mjs';
import { box, field, normalise } from './tracer.mjs';

const ball = { x: 0.28, y: 0.13, z: 4.55, radius: 0.112 };

export function matchScene() {
  const sun = { direction: normalise([-0.62, 0.8, -0.62]), colour: [3.1, 2.85, 2.45] };
  return {
    camera: { eye: [0.3, 0.95, 1.05], target: [0.25, 0.93, 6], fov: 50 },
    sun,
    ambient: { sky: [0.52, 0.66, 0.9], ground: [0.13, 0.19, 0.08] },
    haze: { colour: [0.62, 0.72, 0.86], density: 0.0012 },
    floor: () => 0,
    sky,
    objects: [pitch(), ...stands(), ...goal(), boards(), football(), ...team()],
  };
}

function team() {
  return [
    human({
      at: [-0.75, 0, 5.1],
      yaw: 2.2,
      pose: {
        lean: 0.2,
        twist: 0.28,
        hipTwist: -0.2,
        nod: 0.3,
        look: -0.1,
        left: { flex: -0.62, knee: 0.95, out: 0.05, foot: -0.5 },
        right: { flex: 0.42, knee: 0.42, out: 0.1 },
        leftArm: { flex: 0.75, elbow: 0.9, out: 0.42 },
        rightArm: { flex: -0.75, elbow: 0.75, out: 0.5 },
      },
      look: players.red,
    }),
    human({
      at: [1.12, 0, 5.35],
      yaw: -2.15,
      pose: {
        lean: 0.3,
        twist: -0.3,
        hipTwist: 0.2,
        nod: 0.25,
        look: 0.15,
        left: { flex: 0.85, knee: 0.75, out: 0.08, foot: 0.1 },
        right: { flex: -0.4, knee: 0.5, out: 0.1, foot: -0.3 },
        leftArm: { flex: -0.85, elbow: 0.85, out: 0.5 },
        rightArm: { flex: 0.8, elbow: 1.1, out: 0.45 },
      },
      look: players.blue,
    }),
    human({
      at: [2.75, 0, 9.2],
      yaw: -2.75,
      pose: {
        lean: 0.14,
        twist: 0.15,
        nod: 0.1,
        left: { flex: 0.5, knee: 0.7 },
        right: { flex: -0.35, knee: 0.55, foot: -0.3 },
        leftArm: { flex: -0.5, elbow: 1.2, out: 0.25 },
        rightArm: { flex: 0.5, elbow: 1.2, out: 0.25 },
      },
      look: players.redTwo,
    }),
    human({
      at: [-3.0, 0, 10.2],
      yaw: 2.5,
      pose: {
        lean: 0.08,
        nod: 0.05,
        left: { flex: 0.2, knee: 0.3, out: 0.12 },
        right: { flex: -0.1, knee: 0.2, out: 0.12 },
        leftArm: { flex: 0.2, elbow: 0.7, out: 0.35 },
        rightArm: { flex: 0.1, elbow: 0.6, out: 0.35 },
      },
      look: players.blueTwo,
    }),
  ];
}

function pitch() {
  return box([-80, -1, -10], [80, 0, 60], (x, _, z) => {
    const blade = noise(x * 90, 0, z * 45) * 0.6 + noise(x * 260, 1, z * 130) * 0.4;
    const stripe = Math.floor((x * 0.25 + z) / 5.2) % 2 === 0 ? 1.14 : 0.88;
    const wear = smoothstep(0.55, 0.75, fbm(x * 0.35, 4, z * 0.35));
    const green = blend([0.03, 0.085, 0.018], [0.085, 0.17, 0.038], blade);
    const turf = shade(blend(green, [0.16, 0.16, 0.06], wear * 0.4), stripe);
    const chalk = pitchLine(x, z);
    return { albedo: blend(turf, [0.66, 0.68, 0.64], chalk * (0.72 + 0.28 * blade)), wrap: 0.2 };
  });
}

/** The goal line, the goal area and the penalty area, each 12 cm wide. */
function pitchLine(x, z) {
  const on = (d) => 1 - smoothstep(0.05, 0.075, Math.abs(d));
  const goalLine = on(z - 20);
  const area = (half, deep) =>
    Math.max(
      Math.abs(x - 1) < half ? on(z - (20 - deep)) : 0,
      z > 20 - deep && z < 20 ? on(Math.abs(x - 1) - half) : 0,
    );
  return Math.max(goalLine, area(9.2, 5.5), area(20.2, 13.2));
}

function goal() {
  const post = () => ({ albedo: [0.78, 0.78, 0.77], gloss: 0.2 });
  const net = field(
    [-2.7, 0, 20.1],
    [4.7, 2.5, 22],
    (x, y, z) => {
      const slope = (z - 20.1 - (2.44 - y) * 0.72) * 0.8;
      const rope = Math.min(seam(x, 0.16), seam(y, 0.16));
      return Math.max(Math.hypot(slope, rope) - 0.007, y - 2.44);
    },
    () => ({ albedo: [0.6, 0.6, 0.62] }),
  );
  return [
    box([-2.72, 0, 20], [-2.6, 2.5, 20.12], post),
    box([4.6, 0, 20], [4.72, 2.5, 20.12], post),
    box([-2.72, 2.42, 20], [4.72, 2.54, 20.12], post),
    { ...net, castsNoShadow: true },
  ];
}

function boards() {
  const panels = [
    [0.03, 0.1, 0.4],
    [0.68, 0.68, 0.66],
    [0.5, 0.05, 0.04],
    [0.05, 0.25, 0.16],
  ];
  return box([-60, 0, 25], [60, 0.95, 25.15], (x, y) => {
    const index = Math.floor((x + 300) / 6);
    const ground = panels[index % panels.length];
    const u = (x + 300) / 6 - index;
    const mark = panels[(index + 1) % panels.length];
    const shapeOn =
      Math.abs(y - 0.48) < 0.2 &&
      u > 0.2 &&
      u < 0.8 &&
      (Math.hypot((u - 0.26) * 6, y - 0.48) < 0.2 || (u > 0.36 && noise(u * 26, 3, index) > 0.42));
    return { albedo: shapeOn ? mark : ground, gloss: 0.08 };
  });
}

/** Rising rows of spectators: each seat is a head over a coloured coat, a few are empty. */
function stands() {
  const rows = Array.from({ length: 22 }, (_, row) =>
    box([-70, 0, 28 + row * 0.9], [70, 1.6 + row * 0.62, 28.9 + row * 0.9], (x, y) =>
      crowd(x, y - (1.6 + (row - 1) * 0.62), row),
    ),
  );
  const roof = box([-75, 17.2, 33], [75, 17.9, 56], () => ({ albedo: [0.32, 0.34, 0.37] }));
  const wall = box([-75, 0, 49], [75, 17, 50], (x, y) => ({
    albedo: shade([0.18, 0.2, 0.24], 0.7 + 0.3 * (Math.floor(x / 4) % 2) + y * 0.01),
  }));
  return [...rows, roof, wall];
}

const coats = [
  [0.34, 0.05, 0.05],
  [0.5, 0.48, 0.45],
  [0.05, 0.08, 0.2],
  [0.04, 0.04, 0.05],
  [0.26, 0.22, 0.16],
  [0.08, 0.12, 0.1],
  [0.1, 0.1, 0.12],
  [0.32, 0.26, 0.1],
];

function crowd(x, y, row) {
  const shifted = x + (row % 2) * 0.28;
  const seat = Math.floor(shifted / 0.56);
  const u = shifted / 0.56 - seat - 0.5 + (hash(seat, row, 1) - 0.5) * 0.2;
  const tall = y + (hash(seat, row, 2) - 0.5) * 0.12;
  if (hash(seat, row, 3) < 0.08)
    return { albedo: Math.abs(u) < 0.4 && tall < 0.35 ? [0.05, 0.12, 0.4] : [0.1, 0.11, 0.13] };
  const head = Math.hypot(u * 0.56, tall - 0.47) < 0.1;
  const face = Math.hypot(u * 0.56, tall - 0.44) < 0.08;
  if (face) return { albedo: blend([0.12, 0.07, 0.05], [0.55, 0.34, 0.25], hash(seat, row, 4)) };
  if (head) return { albedo: blend([0.015, 0.012, 0.01], [0.28, 0.2, 0.12], hash(seat, row, 5) ** 3) };
  const shoulders = Math.abs(u) < 0.42 - Math.max(0, tall - 0.25) * 1.6;
  if (shoulders)
    return { albedo: shade(coats[Math.floor(hash(seat, row, 6) * coats.length)], 0.35 + 0.5 * hash(seat, row, 7)) };
  return { albedo: [0.035, 0.037, 0.045] };
}

/** A ball of twelve dark pentagons: the corners of an icosahedron on white panels. */
function football() {
  const golden = (1 + Math.sqrt(5)) / 2;
  const corners = [-1, 1]
    .flatMap((a) =>
      [-1, 1].flatMap((b) => [
        [0, a, b * golden],
        [a, b * golden, 0],
        [b * golden, 0, a],
      ]),
    )
    .map(normalise);
  const { x, y, z, radius } = ball;
  const reach = radius + 0.01;
  return field(
    [x - reach, y - reach, z - reach],
    [x + reach, y + reach, z + reach],
    (px, py, pz) => Math.hypot(px - x, py - y, pz - z) - radius,
    (px, py, pz) => {
      const n = normalise([px - x, py - y, pz - z]);
      const turned = normalise([n[0] * 0.8 + n[1] * 0.6, n[1] * 0.8 - n[0] * 0.6, n[2]]);
      const nearest = corners
        .map((corner) => corner[0] * turned[0] + corner[1] * turned[1] + corner[2] * turned[2])
        .sort((a, b) => b - a);
      if (nearest[0] > 0.928) return { albedo: [0.02, 0.02, 0.024], gloss: 0.15 };
      const seam = clamp((nearest[0] - nearest[1]) * 26);
      return { albedo: shade([0.72, 0.72, 0.7], 0.55 + 0.45 * seam), gloss: 0.15 };
    },
  );
}

function sky(direction) {
  const height = clamp(direction[1]);
  const cloud = smoothstep(
    0.5,
    0.75,
    fbm((direction[0] * 4) / (height + 0.25), 2, (direction[2] * 4) / (height + 0.25), 5),
  );
  return blend(blend([0.75, 0.86, 1], [0.2, 0.42, 0.85], height ** 0.6), [1.15, 1.15, 1.15], cloud * 0.7);
}
