/**
 * A clothed human figure of tapered capsules that melt into each other, posed by joint angles (radians). The body stands at
 * `at` on the ground and looks along +z turned by `yaw`. Lengths are those of a 1.78 m adult, times `scale`.
 */
import { hairColour, skinColour, weave } from './complexion.mjs';
import { noise } from './noise.mjs';
import { cross, field, normalise } from './tracer.mjs';

const skin = 0;
const top = 1;
const bottom = 2;
const sock = 3;
const shoe = 4;
const hair = 5;
/** How softly the parts of each group melt together, in metres. */
const softness = [0.022, 0.058, 0.034, 0.02, 0.02, 0.03];

export function human({ at, yaw = 0, scale = 1, pose, look }) {
  const rig = buildRig(pose, look);
  const lowest = Math.min(...rig.parts.map((part) => Math.min(part.a[1] - part.ra, part.b[1] - part.rb)));
  const lift = (pose.air ?? 0) - lowest;
  const cos = Math.cos(yaw);
  const sin = Math.sin(yaw);
  const toWorld = ([x, y, z]) => [
    at[0] + scale * (x * cos + z * sin),
    at[1] + scale * (y + lift),
    at[2] + scale * (-x * sin + z * cos),
  ];
  const rotate = ([x, y, z]) => [x * cos + z * sin, y, -x * sin + z * cos];
  const groups = softness.map((_, id) =>
    packParts(
      rig.parts.filter(({ group }) => group === id),
      toWorld,
      scale,
    ),
  );
  const bounds = boundsOf(rig.parts, toWorld, scale);
  const distances = new Float64Array(6);

  const measure = (x, y, z) => {
    let least = 9;
    for (let id = 0; id < 6; id++) {
      let d = groupDistance(groups[id], x, y, z, softness[id] * scale);
      if ((id === top || id === bottom) && d < 0.05) {
        const fold = noise(x * 9 + id * 7, y * 6, z * 9) * 0.7 + noise(x * 23, y * 14, z * 23) * 0.3;
        d += (fold - 0.5) * 0.028 * (look.folds ?? 1) * scale;
      }
      if (id === hair && d < 0.05) d += (noise(x * 60, y * 22, z * 60) - 0.5) * 0.012 * scale;
      distances[id] = d;
      if (d < least) least = d;
    }
    return least;
  };
  const headFrame = {
    origin: toWorld(rig.head.origin),
    right: rotate(rig.head.right),
    up: rotate(rig.head.up),
    forward: rotate(rig.head.forward),
  };
  const chestFrame = {
    origin: toWorld(rig.chest.origin),
    right: rotate(rig.chest.right),
    up: rotate(rig.chest.up),
    forward: rotate(rig.chest.forward),
  };

  const material = (x, y, z) => {
    measure(x, y, z);
    let id = 0;
    for (let other = 1; other < 6; other++) if (distances[other] < distances[id]) id = other;
    switch (id) {
      case skin:
        return { albedo: skinColour(local(headFrame, x, y, z, scale), look), wrap: 0.25, gloss: 0.05, shine: 14 };
      case top:
        return { albedo: weave(look.shirt(...local(chestFrame, x, y, z, scale)), x, y, z), wrap: 0.12 };
      case bottom:
        return { albedo: weave(look.trousers, x, y, z), wrap: 0.1 };
      case sock:
        return { albedo: weave(look.socks ?? look.trousers, x, y, z), wrap: 0.1 };
      case shoe:
        return { albedo: look.shoes, gloss: 0.12, shine: 30 };
      default:
        return { albedo: hairColour(look.hair, x, y, z), gloss: 0.1, shine: 18 };
    }
  };
  return field(bounds.min, bounds.max, measure, material);
}

function buildRig(pose, look) {
  const parts = [];
  const add = (group, a, b, ra, rb = ra) => parts.push({ group, a, b, ra, rb });
  const up = direction(Math.PI - (pose.lean ?? 0.04), pose.tilt ?? 0, 1);
  const chestYaw = pose.twist ?? 0;
  const acrossHips = [Math.cos(pose.hipTwist ?? 0), 0, -Math.sin(pose.hipTwist ?? 0)];
  const across = normalise(orthogonal([Math.cos(chestYaw), pose.shoulderTilt ?? 0, -Math.sin(chestYaw)], up));
  const front = normalise(cross(across, up));
  const pelvis = [0, 0.95, 0];
  const on = (base, u, v, w) => [
    base[0] + across[0] * u + up[0] * v + front[0] * w,
    base[1] + across[1] * u + up[1] * v + front[1] * w,
    base[2] + across[2] * u + up[2] * v + front[2] * w,
  ];
  const hip = (s) => [pelvis[0] + acrossHips[0] * 0.092 * s, 0.93, pelvis[2] + acrossHips[2] * 0.092 * s];
  const wide = look.build ?? 1;

  // Torso under the shirt: hips, waist, ribs, chest, shoulders.
  add(top, on(pelvis, -0.064 * wide, 0.015, -0.006), on(pelvis, 0.064 * wide, 0.015, -0.006), 0.104);
  add(top, on(pelvis, -0.06 * wide, 0.1, 0.004), on(pelvis, 0.06 * wide, 0.1, 0.004), 0.098);
  add(top, on(pelvis, -0.058 * wide, 0.2, 0.006), on(pelvis, 0.058 * wide, 0.2, 0.006), 0.093);
  add(top, on(pelvis, -0.085 * wide, 0.33, 0), on(pelvis, 0.085 * wide, 0.33, 0), 0.093);
  add(top, on(pelvis, -0.1 * wide, 0.41, -0.005), on(pelvis, 0.1 * wide, 0.41, -0.005), 0.083);
  add(top, on(pelvis, -0.165 * wide, 0.47, -0.012), on(pelvis, 0.165 * wide, 0.47, -0.012), 0.05);
  add(top, on(pelvis, 0, 0.5, -0.01), on(pelvis, 0, 0.54, -0.008), 0.075, 0.062);
  if (look.skirt) add(bottom, on(pelvis, 0, 0.02, 0), [0, 0.5, 0.02], 0.15, 0.24);
  add(bottom, hip(-1), hip(1), 0.094);
  add(bottom, [hip(-1)[0] * 0.9, 0.9, hip(-1)[2] - 0.035], [hip(1)[0] * 0.9, 0.9, hip(1)[2] - 0.035], 0.09);

  for (const s of [-1, 1]) addLeg(add, hip(s), s < 0 ? pose.left : pose.right, s, look);
  for (const s of [-1, 1])
    addArm(add, on(pelvis, 0.178 * s * wide, 0.465, -0.01), s < 0 ? pose.leftArm : pose.rightArm, s, look, {
      across,
      up,
      front,
    });

  const neck = on(pelvis, 0, 0.53, -0.005);
  const head = addHead(add, neck, pose, { across, up, front }, look);
  return { parts, head, chest: { origin: on(pelvis, 0, 0.3, 0), right: across, up, forward: front } };
}

function addLeg(add, hip, { flex, out = 0.04, knee, foot = 0 }, s, look) {
  const thigh = direction(flex, out, s);
  const shin = direction(flex - knee, out * 0.6, s);
  const back = normalise([0, shin[2], -shin[1]]).map((value) => -value);
  const kneeAt = step(hip, thigh, 0.44);
  const ankle = step(kneeAt, shin, 0.42);
  const bend = (point, amount) => [point[0], point[1] + back[1] * amount, point[2] + back[2] * amount];
  if (look.shorts) {
    add(bottom, hip, step(hip, thigh, 0.29), 0.085, 0.086);
    add(skin, step(hip, thigh, 0.24), kneeAt, 0.069, 0.057);
    add(skin, kneeAt, bend(step(kneeAt, shin, 0.16), 0.018), 0.056, 0.053);
    add(sock, bend(step(kneeAt, shin, 0.13), 0.017), bend(step(kneeAt, shin, 0.2), 0.02), 0.058, 0.058);
    add(sock, bend(step(kneeAt, shin, 0.2), 0.018), ankle, 0.057, 0.041);
  } else {
    add(bottom, hip, kneeAt, 0.088, 0.064);
    add(bottom, bend(kneeAt, 0.004), bend(step(kneeAt, shin, 0.18), 0.016), 0.064, 0.062);
    add(bottom, bend(step(kneeAt, shin, 0.16), 0.012), step(kneeAt, shin, 0.4), 0.066, 0.058);
  }
  const sole = direction(flex - knee + foot + Math.PI / 2, 0, s);
  const heel = step(ankle, normalise([shin[0], shin[1], shin[2]]), 0.045);
  add(shoe, ankle, heel, 0.044, 0.042);
  add(shoe, step(heel, sole, -0.03), step(heel, sole, 0.1), 0.042, 0.04);
  add(shoe, step(heel, sole, 0.09), step(heel, sole, 0.175), 0.041, 0.031);
}

function addArm(add, shoulder, { flex, out = 0.12, elbow, turn = 0 }, s, look, frame) {
  const toFrame = (d) =>
    normalise([0, 1, 2].map((k) => frame.across[k] * d[0] + frame.up[k] * d[1] + frame.front[k] * d[2]));
  const upper = toFrame(direction(flex, out, s));
  const lower = toFrame(direction(flex + elbow, out * 0.3 - turn, s));
  const elbowAt = step(shoulder, upper, 0.285);
  const wrist = step(elbowAt, lower, 0.25);
  const sleeve = look.longSleeves ? 0.285 : 0.17;
  add(top, shoulder, step(shoulder, upper, sleeve), 0.063, look.longSleeves ? 0.052 : 0.063);
  if (look.longSleeves) add(top, elbowAt, step(elbowAt, lower, 0.23), 0.055, 0.041);
  add(skin, step(shoulder, upper, 0.08), elbowAt, 0.047, 0.039);
  add(skin, elbowAt, step(elbowAt, lower, 0.09), 0.039, 0.041);
  add(skin, step(elbowAt, lower, 0.08), wrist, 0.04, 0.026);
  const palm = step(wrist, lower, 0.075);
  add(skin, wrist, palm, 0.025, 0.03);
  add(skin, palm, step(palm, normalise([lower[0] - 0.2 * s, lower[1] - 0.1, lower[2] + 0.15]), 0.06), 0.026, 0.014);
  add(skin, step(wrist, lower, 0.03), step(step(wrist, lower, 0.07), frame.front, 0.045), 0.016, 0.012);
}

function addHead(add, neck, pose, frame, look) {
  const nod = pose.nod ?? 0;
  const turn = pose.look ?? 0;
  const flat = normalise([
    frame.front[0] * Math.cos(turn) + frame.across[0] * Math.sin(turn),
    0,
    frame.front[2] * Math.cos(turn) + frame.across[2] * Math.sin(turn),
  ]);
  const forward = normalise([flat[0], -nod, flat[2]]);
  const right = normalise(cross([0, 1, 0], forward));
  const up = cross(forward, right);
  const centre = step(
    step(neck, normalise([frame.up[0] * 0.6 + up[0], frame.up[1] * 0.6 + up[1], frame.up[2] * 0.6 + up[2]]), 0.165),
    forward,
    0.022,
  );
  const on = (u, v, w) => [0, 1, 2].map((k) => centre[k] + right[k] * u + up[k] * v + forward[k] * w);
  add(skin, step(neck, frame.up, -0.03), on(0, -0.06, -0.025), 0.058, 0.053);
  add(skin, on(-0.012, 0.035, -0.018), on(0.012, 0.035, -0.018), 0.083);
  add(skin, on(0, 0.02, 0.022), on(0, -0.03, 0.03), 0.07, 0.058);
  add(skin, on(-0.014, -0.085, 0.042), on(0.014, -0.085, 0.042), 0.034);
  add(skin, on(-0.04, -0.05, 0.015), on(0.04, -0.05, 0.015), 0.035);
  add(skin, on(0, 0.008, 0.09), on(0, -0.026, 0.103), 0.009, 0.0145);
  add(skin, on(-0.028, 0.028, 0.078), on(0.028, 0.028, 0.078), 0.012);
  for (const s of [-1, 1]) add(skin, on(0.083 * s, 0.002, -0.012), on(0.08 * s, -0.028, -0.006), 0.015, 0.01);
  if (look.hairStyle !== 'bald') {
    add(hair, on(-0.014, 0.052, -0.03), on(0.014, 0.052, -0.03), 0.091);
    add(hair, on(0, 0.09, 0.035), on(0, 0.075, -0.05), 0.048, 0.07);
    add(hair, on(0, -0.01, -0.06), on(0, 0.05, -0.05), 0.055, 0.075);
    for (const s of [-1, 1]) add(hair, on(0.068 * s, 0.045, 0.015), on(0.07 * s, 0.0, -0.025), 0.026, 0.024);
  }
  if (look.hairStyle === 'long') {
    for (const s of [-1, 0, 1]) add(hair, on(0.05 * s, 0.03, -0.055), on(0.065 * s, -0.2, -0.075), 0.06, 0.04);
  }
  if (look.hairStyle === 'tail') add(hair, on(0, 0.05, -0.11), on(0, -0.14, -0.18), 0.034, 0.022);
  return { origin: centre, right, up, forward };
}

function direction(flex, out, s) {
  return [Math.sin(out) * s, -Math.cos(flex) * Math.cos(out), Math.sin(flex) * Math.cos(out)];
}

function step(from, d, length) {
  return [from[0] + d[0] * length, from[1] + d[1] * length, from[2] + d[2] * length];
}

function orthogonal(v, axis) {
  const along = v[0] * axis[0] + v[1] * axis[1] + v[2] * axis[2];
  return [v[0] - axis[0] * along, v[1] - axis[1] * along, v[2] - axis[2] * along];
}

function packParts(parts, toWorld, scale) {
  const packed = new Float64Array(parts.length * 9);
  for (const [index, { a, b, ra, rb }] of parts.entries()) {
    const from = toWorld(a);
    const to = toWorld(b);
    const reach = [to[0] - from[0], to[1] - from[1], to[2] - from[2]];
    const square = reach[0] ** 2 + reach[1] ** 2 + reach[2] ** 2;
    packed.set([...from, ...reach, square > 1e-9 ? 1 / square : 0, ra * scale, rb * scale], index * 9);
  }
  return packed;
}

function groupDistance(parts, x, y, z, k) {
  let d = 9;
  for (let i = 0; i < parts.length; i += 9) {
    const px = x - parts[i];
    const py = y - parts[i + 1];
    const pz = z - parts[i + 2];
    const bx = parts[i + 3];
    const by = parts[i + 4];
    const bz = parts[i + 5];
    let h = (px * bx + py * by + pz * bz) * parts[i + 6];
    h = h < 0 ? 0 : Math.min(h, 1);
    const qx = px - bx * h;
    const qy = py - by * h;
    const qz = pz - bz * h;
    const e = Math.sqrt(qx * qx + qy * qy + qz * qz) - parts[i + 7] - (parts[i + 8] - parts[i + 7]) * h;
    const melt = k - Math.abs(d - e);
    d = Math.min(d, e) - (melt > 0 ? (melt * melt) / (4 * k) : 0);
  }
  return d;
}

function boundsOf(parts, toWorld, scale) {
  const min = [1e9, 1e9, 1e9];
  const max = [-1e9, -1e9, -1e9];
  for (const { a, b, ra, rb } of parts) {
    for (const [point, radius] of [
      [toWorld(a), ra],
      [toWorld(b), rb],
    ]) {
      for (let k = 0; k < 3; k++) {
        min[k] = Math.min(min[k], point[k] - radius * scale - 0.03);
        max[k] = Math.max(max[k], point[k] + radius * scale + 0.03);
      }
    }
  }
  return { min, max };
}

function local({ origin, right, up, forward }, x, y, z, scale) {
  const p = [(x - origin[0]) / scale, (y - origin[1]) / scale, (z - origin[2]) / scale];
  const on = (axis) => p[0] * axis[0] + p[1] * axis[1] + p[2] * axis[2];
  return [on(right), on(up), on(forward)];
}
