/** The street scene: a bus at a zebra crossing, cars, people on the pavement, facades, trees, a traffic light. */
import { facades } from './facades.mjs';
import { human } from './human.mjs';
import { townspeople } from './looks.mjs';
import { blend, clamp, fbm, hash, noise, seam, shade, smoothstep } from './noise.mjs';
import { box, field, normalise } from './tracer.mjs';
import { bus, car } from './vehicles.mjs';

const kerb = 0.14;
const road = { left: -8.2, right: 2.3 };

export function streetScene() {
  return {
    camera: { eye: [4.35, 1.75, 0.4], target: [0.55, 1.72, 11], fov: 60 },
    sun: { direction: normalise([0.5, 0.72, -0.58]), colour: [3.2, 2.9, 2.4] },
    ambient: { sky: [0.5, 0.62, 0.82], ground: [0.2, 0.18, 0.16] },
    haze: { colour: [0.72, 0.78, 0.86], density: 0.0026 },
    floor: (x) => (x > road.left && x < road.right ? 0 : kerb),
    sky,
    objects: [
      ...grounds(),
      ...facades(),
      bus({ at: [-2.35, 0, 16.9], paint: [0.5, 0.024, 0.022], band: [0.68, 0.66, 0.6] }),
      car({ at: [1.22, 0, 15.6], yaw: Math.PI, paint: [0.03, 0.1, 0.26] }),
      car({ at: [1.25, 0, 21.5], yaw: Math.PI, paint: [0.55, 0.55, 0.55] }),
      car({ at: [-6.2, 0, 14.2], yaw: 0, paint: [0.62, 0.6, 0.55] }),
      car({ at: [-6.1, 0, 25], yaw: 0, paint: [0.09, 0.1, 0.1] }),
      car({ at: [-2.3, 0, 33], yaw: 0, paint: [0.4, 0.3, 0.04] }),
      ...crowd(),
      trafficLight([2.75, kerb, 10.7]),
      ...tree([3.1, kerb, 19], 1),
      ...tree([3.2, kerb, 28], 2),
      ...tree([-9.3, kerb, 21], 3),
      ...tree([-9.3, kerb, 31], 4),
      ...tree([3.2, kerb, 38], 5),
      ...lamp([-9, kerb, 12.5]),
      ...lamp([3, kerb, 33]),
      bin([2.95, kerb, 13.4]),
    ],
  };
}

function crowd() {
  const stride = (swing) => ({
    lean: 0.05,
    left: { flex: 0.42 * swing, knee: swing > 0 ? 0.12 : 0.55, foot: 0.1 },
    right: { flex: -0.36 * swing, knee: swing > 0 ? 0.42 : 0.1, foot: -0.1 },
    leftArm: { flex: -0.4 * swing, elbow: 0.3, out: 0.1 },
    rightArm: { flex: 0.45 * swing, elbow: 0.4, out: 0.1 },
  });
  const still = {
    lean: 0.02,
    left: { flex: 0.04, knee: 0.06, out: 0.06 },
    right: { flex: 0, knee: 0.02, out: 0.06 },
    leftArm: { flex: 0.05, elbow: 0.25, out: 0.1 },
    rightArm: { flex: 0.3, elbow: 1.5, out: 0.1, turn: 0.3 },
  };
  return [
    human({
      at: [3.78, kerb, 7.2],
      yaw: 3.0,
      scale: 1.01,
      pose: { ...stride(1), twist: 0.08, look: 0.1 },
      look: townspeople.commuter,
    }),
    human({
      at: [4.95, kerb, 8.6],
      yaw: 3.25,
      scale: 0.94,
      pose: { ...stride(-1), twist: -0.08, look: -0.15 },
      look: townspeople.student,
    }),
    human({
      at: [-0.35, 0, 8.6],
      yaw: 1.5,
      scale: 1,
      pose: { ...stride(1), twist: 0.1, look: -0.5 },
      look: townspeople.runner,
    }),
    human({ at: [2.7, kerb, 12.1], yaw: -1.9, scale: 0.98, pose: still, look: townspeople.elder }),
    human({ at: [4.3, kerb, 15], yaw: 0.1, scale: 0.95, pose: stride(1), look: townspeople.visitor }),
    human({
      at: [-4.6, 0, 8.4],
      yaw: -1.65,
      scale: 0.95,
      pose: { ...stride(-1), look: 0.3 },
      look: townspeople.visitor,
    }),
    human({ at: [-10, kerb, 17], yaw: 3.1, scale: 1, pose: stride(-1), look: townspeople.elder }),
    human({ at: [4.9, kerb, 23], yaw: 3.1, scale: 1, pose: stride(1), look: townspeople.runner }),
  ];
}

function grounds() {
  const asphalt = (x, _, z) => {
    const grit = 0.8 + 0.4 * noise(x * 70, 0, z * 70);
    const patch = 0.8 + 0.4 * fbm(x * 0.5, 3, z * 0.18, 4);
    const crack =
      smoothstep(0.485, 0.5, fbm(x * 0.9, 7, z * 0.9, 5)) * (1 - smoothstep(0.5, 0.515, fbm(x * 0.9, 7, z * 0.9, 5)));
    const base = shade([0.088, 0.088, 0.092], grit * patch * (1 - 0.16 * crack));
    const worn = clamp(0.55 + 0.6 * fbm(x * 3, 5, z * 3, 3));
    return { albedo: blend(base, [0.62, 0.61, 0.57], roadPaint(x, z) * worn), gloss: 0.02, shine: 12 };
  };
  const slabs = (x, _y, z, _nx, ny) => {
    if (ny < 0.5) return { albedo: [0.24, 0.235, 0.225] };
    const edge = Math.min(Math.abs(x - road.right - 0.08), Math.abs(x - road.left + 0.08)) < 0.09;
    const shift = (Math.floor(z / 0.6) % 2) * 0.3;
    const joint = Math.min(seam(z, 0.6), seam(x + shift, 0.6)) < 0.008 && !edge;
    const tone = 0.82 + 0.24 * hash(Math.floor(z / 0.6), Math.floor((x + shift) / 0.6), 2);
    const stain = 0.75 + 0.4 * fbm(x * 1.2, 2, z * 1.2, 4);
    return {
      albedo: shade([0.27, 0.26, 0.245], tone * stain * (joint ? 0.5 : 1) * (0.92 + 0.16 * noise(x * 60, 1, z * 60))),
    };
  };
  return [
    box([-90, -1, -20], [90, 0, 200], asphalt),
    box([road.right, -0.5, -20], [30, kerb, 200], slabs),
    box([-30, -0.5, -20], [road.left, kerb, 200], slabs),
  ];
}

function roadPaint(x, z) {
  const soft = (d, half) => 1 - smoothstep(half - 0.02, half + 0.02, Math.abs(d));
  if (z > 7 && z < 9.9 && x > road.left + 0.3 && x < road.right - 0.3) return soft(seam(x, 1), 0.25);
  if (z > 10.25 && z < 10.6 && x > -4.2 && x < -0.6) return 1;
  if (z < 10.6) return 0;
  const dashes = z % 5 < 2.6 ? soft(x + 4.3, 0.07) : 0;
  return Math.max(dashes, soft(x - 0.12, 0.05) * (z % 1.4 < 0.7 ? 1 : 0));
}

function trafficLight([x, y, z]) {
  const lights = [
    { at: 2.98, colour: [2.6, 0.1, 0.05] },
    { at: 2.72, colour: [0.05, 0.03, 0.002] },
    { at: 2.46, colour: [0.003, 0.05, 0.02] },
  ];
  const distance = (px, py, pz) => {
    const pole = Math.max(Math.hypot(px - x, pz - z) - 0.055, py - y - 3.2);
    const dx = Math.abs(px - x) - 0.15;
    const dy = Math.abs(py - y - 2.72) - 0.42;
    const dz = Math.abs(pz - z + 0.12) - 0.11;
    const housing =
      Math.hypot(Math.max(dx, 0), Math.max(dy, 0), Math.max(dz, 0)) + Math.min(Math.max(dx, dy, dz), 0) - 0.02;
    let least = Math.min(pole, housing);
    for (const { at } of lights) {
      const ring = Math.abs(Math.hypot(px - x, py - y - at) - 0.115) - 0.008;
      least = Math.min(least, Math.max(ring, Math.abs(pz - z + 0.3) - 0.08, y + at - 0.02 - py));
    }
    return least;
  };
  return field([x - 0.25, y, z - 0.45], [x + 0.25, y + 3.3, z + 0.15], distance, (px, py, pz) => {
    const lit = lights.find(({ at }) => Math.hypot(px - x, py - y - at) < 0.1);
    if (lit && pz < z - 0.2) return { albedo: [0.02, 0.02, 0.02], glow: lit.colour, gloss: 0.2 };
    return { albedo: [0.022, 0.025, 0.024], gloss: 0.12 };
  });
}

function tree([x, y, z], seed) {
  const blobs = Array.from({ length: 11 }, (_, index) => {
    const angle = index * 2.4 + seed;
    const out = index === 0 ? 0 : 0.7 + 0.8 * hash(index, seed, 1);
    return [
      x + Math.cos(angle) * out,
      y + 4 + 2 * hash(index, seed, 2) + (index === 0 ? 0.6 : 0),
      z + Math.sin(angle) * out,
      0.75 + 0.55 * hash(index, seed, 3),
    ];
  });
  const leaves = field(
    [x - 3, y + 2.4, z - 3],
    [x + 3, y + 7.6, z + 3],
    (px, py, pz) => {
      let d = 9;
      for (const [bx, by, bz, radius] of blobs) d = Math.min(d, Math.hypot(px - bx, py - by, pz - bz) - radius);
      if (d > 1.1) return d - 0.8;
      return (
        (d +
          (noise(px * 1.7, py * 1.7, pz * 1.7) - 0.5) * 1.1 +
          (noise(px * 6, py * 6, pz * 6) - 0.5) * 0.62 +
          (noise(px * 17, py * 17, pz * 17) - 0.5) * 0.3) *
        0.5
      );
    },
    (px, py, pz) => ({
      albedo: blend([0.03, 0.07, 0.014], [0.12, 0.2, 0.04], noise(px * 14, py * 14, pz * 14)),
      wrap: 0.35,
    }),
  );
  const trunk = field(
    [x - 0.4, y, z - 0.4],
    [x + 0.4, y + 4.4, z + 0.4],
    (px, py, pz) => {
      const bend = Math.sin(py * 0.8 + seed) * 0.06;
      return (
        (Math.hypot(px - x - bend, pz - z) - 0.17 + (py - y) * 0.016 - noise(px * 14, py * 4, pz * 14) * 0.025) * 0.9
      );
    },
    (px, py, pz) => ({ albedo: shade([0.13, 0.095, 0.065], 0.5 + noise(px * 40, py * 8, pz * 40)) }),
  );
  return [leaves, trunk];
}

function lamp([x, y, z]) {
  const metal = () => ({ albedo: [0.03, 0.034, 0.034], gloss: 0.1 });
  const shaft = field(
    [x - 0.2, y, z - 0.2],
    [x + 0.2, y + 6, z + 0.2],
    (px, py, pz) => Math.hypot(px - x, pz - z) - 0.065 - 0.05 * smoothstep(1, 0, py - y),
    metal,
  );
  const arm = box([x, y + 5.85, z - 0.05], [x + (x < 0 ? 1.4 : 0.02), y + 5.95, z + 0.05], metal);
  return [shaft, arm];
}

function bin([x, y, z]) {
  return field(
    [x - 0.35, y, z - 0.35],
    [x + 0.35, y + 1.1, z + 0.35],
    (px, py, pz) => {
      const round = Math.hypot(px - x, pz - z) - 0.26;
      const tall = Math.abs(py - y - 0.48) - 0.46;
      return Math.hypot(Math.max(round, 0), Math.max(tall, 0)) + Math.min(Math.max(round, tall), 0) - 0.03;
    },
    (_, py) => ({ albedo: py - y > 0.78 ? [0.02, 0.02, 0.02] : [0.04, 0.09, 0.06], gloss: 0.1 }),
  );
}

function sky(direction) {
  const height = clamp(direction[1]);
  const spread = 3 / (height + 0.2);
  const cloud = smoothstep(0.48, 0.72, fbm(direction[0] * spread, 5, direction[2] * spread, 5));
  return blend(blend([0.86, 0.92, 1.02], [0.24, 0.45, 0.86], height ** 0.55), [1.3, 1.28, 1.25], cloud * 0.75);
}
