/**
 * A small ray tracer for the example images: analytic boxes and signed distance fields inside bounds, one sun with soft
 * shadows, a sky, ambient occlusion, one reflection. Linear light in, 8-bit sRGB out. Metres; y is up.
 */
import { clamp, hash, mix, smoothstep } from './noise.mjs';

/** A box between two corners. `material(x, y, z, nx, ny, nz)` answers {albedo, gloss?, reflect?, glow?}. */
export function box(min, max, material) {
  return { kind: 'box', min, max, material };
}

/** A solid described by a signed distance within bounds. */
export function field(min, max, distance, material) {
  return { kind: 'field', min, max, distance, material };
}

/** Renders to {data: Float32Array rgb linear, depth}. */
export function render(scene, width, height, samples) {
  const { eye, target, fov } = scene.camera;
  const forward = normalise(subtract(target, eye));
  const right = normalise(cross([0, 1, 0], forward));
  const up = cross(forward, right);
  const focal = 1 / Math.tan((fov * Math.PI) / 360);
  const data = new Float32Array(width * height * 3);
  const depth = new Float32Array(width * height);
  const side = Math.round(Math.sqrt(samples));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const sum = [0, 0, 0];
      let far = 0;
      for (let s = 0; s < samples; s++) {
        const px = x + ((s % side) + hash(x, y, s)) / side;
        const py = y + (Math.floor(s / side) + hash(x, y, s + 91)) / side;
        const u = (2 * px) / width - 1;
        const v = ((1 - (2 * py) / height) * height) / width;
        const direction = normalise([
          right[0] * u + up[0] * v + forward[0] * focal,
          right[1] * u + up[1] * v + forward[1] * focal,
          right[2] * u + up[2] * v + forward[2] * focal,
        ]);
        const colour = radiance(scene, eye, direction, 1);
        for (let c = 0; c < 3; c++) sum[c] += Math.min(colour[c], 6);
        far += Math.min(lastDistance, 300);
      }
      for (let c = 0; c < 3; c++) data[(y * width + x) * 3 + c] = sum[c] / samples;
      depth[y * width + x] = far / samples;
    }
  }
  return { data, depth, width, height };
}

let lastDistance = 0;

function radiance(scene, origin, direction, bounces) {
  const hit = trace(scene, origin, direction, 400);
  if (bounces === 1) lastDistance = hit ? hit.t : 400;
  if (!hit) return scene.sky(direction);
  const p = along(origin, direction, hit.t);
  const n = hit.normal;
  const m = hit.object.material(p[0], p[1], p[2], n[0], n[1], n[2]);
  const facing = -dot(direction, n);
  const { sun } = scene;
  const start = along(p, n, 0.004 + hit.t * 0.0004);
  const incidence = dot(n, sun.direction);
  const wrap = m.wrap ?? 0;
  const lit = clamp((incidence + wrap) / (1 + wrap));
  const shadow = lit > 0 ? visibility(scene, start, sun.direction) : 0;
  const open = occlusion(scene, p, n);
  const sky = 0.5 + 0.5 * n[1];
  const colour = [0, 0, 0];
  for (let c = 0; c < 3; c++) {
    const ambient = mix(scene.ambient.ground[c], scene.ambient.sky[c], sky) * open;
    colour[c] = m.albedo[c] * (ambient + sun.colour[c] * lit * shadow) + (m.glow ? m.glow[c] : 0);
  }
  if (m.gloss) {
    const half = normalise([
      sun.direction[0] - direction[0],
      sun.direction[1] - direction[1],
      sun.direction[2] - direction[2],
    ]);
    const lobe = clamp(dot(half, n)) ** (m.shine ?? 40) * m.gloss * shadow;
    for (let c = 0; c < 3; c++) colour[c] += sun.colour[c] * lobe;
  }
  if (m.reflect && bounces > 0) {
    const fresnel = m.reflect + (1 - m.reflect) * clamp(1 - facing) ** 5 * 0.8;
    const bounce = 2 * facing;
    const mirrored = [direction[0] + n[0] * bounce, direction[1] + n[1] * bounce, direction[2] + n[2] * bounce];
    const seen = radiance(scene, start, mirrored, 0);
    for (let c = 0; c < 3; c++) colour[c] = mix(colour[c], seen[c], fresnel);
  }
  const haze = 1 - Math.exp(-hit.t * scene.haze.density);
  for (let c = 0; c < 3; c++) colour[c] = mix(colour[c], scene.haze.colour[c], haze);
  return colour;
}

function trace(scene, o, d, limit) {
  let best = limit;
  let found = null;
  let normal = null;
  for (const object of scene.objects) {
    const span = slab(object, o, d);
    if (span === null || slabNear > best) continue;
    if (object.kind === 'box') {
      if (slabNear <= 1e-4) continue;
      best = slabNear;
      found = object;
      normal = [0, 0, 0];
      normal[slabAxis] = d[slabAxis] > 0 ? -1 : 1;
      continue;
    }
    const t = march(object, o, d, Math.max(slabNear, 1e-3), Math.min(slabFar, best));
    if (t === null) continue;
    best = t;
    found = object;
    normal = null;
  }
  if (found === null) return null;
  return { t: best, object: found, normal: normal ?? gradient(found, along(o, d, best), best) };
}

let slabNear = 0;
let slabFar = 0;
let slabAxis = 0;

function slab({ min, max }, o, d) {
  let near = -Infinity;
  let far = Infinity;
  let axis = 0;
  for (let k = 0; k < 3; k++) {
    const inverse = 1 / (d[k] || 1e-12);
    let a = (min[k] - o[k]) * inverse;
    let b = (max[k] - o[k]) * inverse;
    if (a > b) [a, b] = [b, a];
    if (a > near) {
      near = a;
      axis = k;
    }
    if (b < far) far = b;
  }
  if (near > far || far < 1e-4) return null;
  slabNear = near;
  slabFar = far;
  slabAxis = axis;
  return true;
}

function march(object, o, d, near, far) {
  let t = near;
  for (let step = 0; step < 110 && t < far; step++) {
    const gap = object.distance(o[0] + d[0] * t, o[1] + d[1] * t, o[2] + d[2] * t);
    if (gap < 0.0004 + t * 0.0002) return t;
    t += gap * 0.85;
  }
  return null;
}

function gradient(object, p, t) {
  const e = 0.0008 + t * 0.0002;
  const f = object.distance;
  const a = f(p[0] + e, p[1] - e, p[2] - e);
  const b = f(p[0] - e, p[1] - e, p[2] + e);
  const c = f(p[0] - e, p[1] + e, p[2] - e);
  const g = f(p[0] + e, p[1] + e, p[2] + e);
  return normalise([a - b - c + g, -a - b + c + g, -a + b - c + g]);
}

/** How much of the sun a point sees, 0–1; near misses darken, as the sun is a disc. */
function visibility(scene, o, d) {
  let seen = 1;
  for (const object of scene.objects) {
    if (object.castsNoShadow || slab(object, o, d) === null) continue;
    const near = Math.max(slabNear, 0.01);
    const far = Math.min(slabFar, 80);
    if (object.kind === 'box') {
      if (slabNear > 1e-3) return 0;
      continue;
    }
    let t = near;
    for (let step = 0; step < 50 && t < far; step++) {
      const gap = object.distance(o[0] + d[0] * t, o[1] + d[1] * t, o[2] + d[2] * t);
      if (gap < 0.0006) return 0;
      seen = Math.min(seen, (22 * gap) / t);
      t += clamp(gap, 0.012, 1);
    }
    if (seen < 0.02) return 0;
  }
  return smoothstep(0, 1, seen);
}

const reaches = [0.03, 0.1, 0.25, 0.6];

/** How open a point is to the sky, 0–1. */
function occlusion(scene, p, n) {
  let blocked = 0;
  let weight = 0.55;
  for (const reach of reaches) {
    const q = along(p, n, reach);
    let gap = Math.min(reach, Math.max(q[1] - scene.floor(q[0], q[2]), 0));
    for (const object of scene.objects) {
      if (object.kind !== 'field' || gap <= 0) continue;
      const { min, max } = object;
      if (q[0] < min[0] - reach || q[0] > max[0] + reach || q[1] < min[1] - reach || q[1] > max[1] + reach) continue;
      if (q[2] < min[2] - reach || q[2] > max[2] + reach) continue;
      gap = Math.min(gap, object.distance(q[0], q[1], q[2]));
    }
    blocked += ((reach - Math.max(gap, 0)) / reach) * weight;
    weight *= 0.6;
  }
  return clamp(1 - blocked * 0.75, 0.08, 1);
}

export function normalise(v) {
  const length = Math.hypot(v[0], v[1], v[2]) || 1;
  return [v[0] / length, v[1] / length, v[2] / length];
}

function subtract(a, b) {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}

export function cross(a, b) {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

function dot(a, b) {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function along(o, d, t) {
  return [o[0] + d[0] * t, o[1] + d[1] * t, o[2] + d[2] * t];
}
