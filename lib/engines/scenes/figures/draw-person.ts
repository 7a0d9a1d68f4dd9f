import type { Attire } from '@/lib/engines/scenes/figures/attire';
import { drawHead, drawLongHair, facePoint, type SeenPoint } from '@/lib/engines/scenes/figures/draw-head';
import {
  build,
  type Limb,
  type Pose,
  type Skeleton,
  skeletonOf,
  type Vector,
} from '@/lib/engines/scenes/figures/skeleton';
import { type Colour, darker, lighter, mixed, rgb } from '@/lib/engines/scenes/raster/colour';
import { capsule, ellipse, roundedPolygon } from '@/lib/engines/scenes/raster/rings';
import { type Drawing, linear, type Paint, type Shape, shape } from '@/lib/engines/scenes/raster/shape';

/** A person as drawn: metres, y downwards, standing on y = 0. */
export type DrawnPerson = {
  /** Behind whatever the person sits on, and before it. */
  readonly behind: Drawing;
  readonly before: Drawing;
  /** The 17 keypoints of COCO in its order. */
  readonly keypoints: readonly SeenPoint[];
};

/** A figure in a pose, turned by `yaw` against the viewer: 0 faces them, π/2 looks to their right. */
export function drawPerson(pose: Pose, yaw: number, attire: Attire): DrawnPerson {
  const skeleton = skeletonOf(pose, yaw);
  const trunkDepth = (skeleton.pelvis[2] + skeleton.chest[2]) / 2;
  const limbs = (['left', 'right'] as const).flatMap((side) => [
    { depth: legDepth(skeleton.legs[side], attire), shapes: drawLeg(skeleton.legs[side], attire) },
    { depth: depthOf(skeleton.arms[side]) * 1.5, shapes: drawArm(skeleton.arms[side], attire) },
  ]);
  limbs.sort((one, other) => one.depth - other.depth);
  const isSeenFromBehind = Math.cos(skeleton.faceYaw) < 0;
  const hair = drawLongHair(skeleton, attire);
  const head = drawHead(skeleton, attire);
  const behind = limbs.filter(({ depth }) => depth < trunkDepth - 0.2 && depth <= limbs[0].depth);
  const far = limbs.filter((limb) => !behind.includes(limb) && limb.depth < trunkDepth);
  const near = limbs.filter(({ depth }) => depth >= trunkDepth);
  return {
    behind: behind.flatMap(({ shapes }) => shapes),
    before: [
      ...(isSeenFromBehind ? [] : hair),
      ...far.flatMap(({ shapes }) => shapes),
      ...drawTrunk(skeleton, attire),
      ...head,
      ...(isSeenFromBehind ? hair : []),
      ...near.flatMap(({ shapes }) => shapes),
    ],
    keypoints: keypointsOf(skeleton),
  };
}

/** Legs come from under a skirt, however high they are lifted. */
function legDepth(leg: Limb, { legs }: Attire): number {
  const depth = depthOf(leg) * 0.5 - 0.2;
  return legs === 'skirt' ? depth - 1 : depth;
}

function depthOf({ middle, end }: Limb): number {
  return (middle[2] + end[2]) / 2;
}

function keypointsOf(skeleton: Skeleton): SeenPoint[] {
  const { arms, legs } = skeleton;
  const joint = ([x, y]: Vector): SeenPoint => ({ x, y: -y, isSeen: true });
  return [
    facePoint(skeleton, 'nose'),
    facePoint(skeleton, 'leftEye'),
    facePoint(skeleton, 'rightEye'),
    facePoint(skeleton, 'leftEar'),
    facePoint(skeleton, 'rightEar'),
    ...(['start', 'middle', 'end'] as const).flatMap((part) => [joint(arms.left[part]), joint(arms.right[part])]),
    ...(['start', 'middle', 'end'] as const).flatMap((part) => [joint(legs.left[part]), joint(legs.right[part])]),
  ];
}

function drawTrunk(skeleton: Skeleton, { top, bottom, legs, stripe, skin, bag }: Attire): Shape[] {
  const { pelvis, chest, head } = skeleton;
  const shoulder = span(build.shoulderWidth + 0.035, 0.11, skeleton.shoulderYaw);
  const waist = span(0.145, 0.105, skeleton.hipYaw);
  const hip = span(build.hipWidth + 0.07, 0.12, skeleton.hipYaw);
  const [px, py] = [pelvis[0], -pelvis[1]];
  const [cx, cy] = [chest[0], -chest[1]];
  const length = Math.hypot(cx - px, cy - py);
  const [ux, uy] = [(cx - px) / length, (cy - py) / length];
  /** `along` metres up the spine from the pelvis, `across` metres to its right. */
  const at = (along: number, across: number): [number, number] => [
    px + ux * along - uy * across,
    py + uy * along + ux * across,
  ];
  const corner = (along: number, across: number, radius: number): [number, number, number] => [
    ...at(along, across),
    radius,
  ];
  const topPaint = linear(lighter(top, 0.18), darker(top, 0.2), ...at(length, -shoulder), ...at(0, hip));
  const shirt = roundedPolygon(
    0.05,
    corner(length + 0.01, -shoulder, 0.07),
    corner(length + 0.01, shoulder, 0.07),
    corner(length * 0.4, waist, 0.12),
    corner(-0.05, hip, 0.03),
    corner(-0.05, -hip, 0.03),
    corner(length * 0.4, -waist, 0.12),
  );
  const hips = roundedPolygon(0.05, at(0.1, -hip * 0.95), at(0.1, hip * 0.95), at(-0.11, hip), at(-0.11, -hip));
  const skirt = roundedPolygon(
    0.03,
    at(0.1, -hip * 0.95),
    at(0.1, hip * 0.95),
    at(-0.36, hip * 1.55),
    at(-0.36, -hip * 1.55),
  );
  const shapes = [
    shape(capsule(cx, cy - 0.01, 0.055, (cx + head[0]) / 2, (cy - head[1]) / 2, 0.05), darker(skin, 0.2)),
    shape(
      legs === 'skirt' ? skirt : hips,
      linear(lighter(bottom, 0.08), darker(bottom, 0.2), ...at(0, -hip), ...at(0, hip)),
    ),
    shape(shirt, topPaint),
  ];
  if (stripe !== null) {
    const band = roundedPolygon(
      0,
      at(length * 0.52, -waist * 1.06),
      at(length * 0.52, waist * 1.06),
      at(length * 0.7, waist * 1.2),
      at(length * 0.7, -waist * 1.2),
    );
    shapes.push(
      shape(band, linear(lighter(stripe, 0.1), darker(stripe, 0.2), ...at(0, -shoulder), ...at(0, shoulder))),
    );
  }
  if (Math.cos(skeleton.shoulderYaw) > 0.25) {
    shapes.push(
      shape(ellipse(...at(length + 0.012, 0), 0.06 * Math.cos(skeleton.shoulderYaw), 0.045), darker(skin, 0.06)),
    );
  }
  if (bag !== null) shapes.push(...drawBag(skeleton, bag, at, length));
  return shapes;
}

/** A rucksack: on the back, so that its straps are what is seen from before. */
function drawBag(
  { shoulderYaw }: Skeleton,
  colour: Colour,
  at: (along: number, across: number) => [number, number],
  length: number,
): Shape[] {
  const facing = Math.cos(shoulderYaw);
  if (facing > 0.4) {
    return [-0.1, 0.1].map((across) =>
      shape(capsule(...at(length, across), 0.022, ...at(length * 0.4, across * 1.25), 0.02), darker(colour, 0.1)),
    );
  }
  const shift = -Math.sin(shoulderYaw) * 0.13;
  const width = 0.13 * Math.max(0.55, Math.abs(facing));
  const ring = roundedPolygon(
    0.05,
    at(length * 0.95, shift - width),
    at(length * 0.95, shift + width),
    at(length * 0.2, shift + width * 1.15),
    at(length * 0.2, shift - width * 1.15),
  );
  const pocket = roundedPolygon(
    0.03,
    at(length * 0.5, shift - width * 0.7),
    at(length * 0.5, shift + width * 0.7),
    at(length * 0.26, shift + width * 0.8),
    at(length * 0.26, shift - width * 0.8),
  );
  return [
    shape(ring, linear(lighter(colour, 0.15), darker(colour, 0.25), ...at(length, shift), ...at(0, shift))),
    shape(pocket, darker(colour, 0.18)),
  ];
}

/** Half the seen width of an ellipse of half axes `width` and `depth` that is turned by `yaw`. */
function span(width: number, depth: number, yaw: number): number {
  return Math.hypot(width * Math.cos(yaw), depth * Math.sin(yaw));
}

function drawLeg({ start, middle, end, tip }: Limb, { bottom, legs, skin, socks, shoes }: Attire): Shape[] {
  const isBare = legs !== 'trousers';
  const thigh = isBare ? skin : bottom;
  const shapes = [
    piece(end, 0.044, tip, 0.036, shoes),
    piece(middle, isBare ? 0.057 : 0.066, end, isBare ? 0.036 : 0.05, thigh),
    piece(start, 0.088, middle, isBare ? 0.06 : 0.068, thigh),
  ];
  shapes.push(shape(capsule(end[0], -end[1] + 0.045, 0.012, tip[0], -tip[1] + 0.03), darker(shoes, 0.5)));
  if (isBare) shapes.push(piece(between(middle, end, 0.42), 0.05, end, 0.039, socks));
  if (legs === 'shorts') shapes.push(piece(start, 0.098, between(start, middle, 0.62), 0.09, bottom));
  return shapes;
}

function drawArm({ start, middle, end, tip }: Limb, { top, sleeves, skin }: Attire): Shape[] {
  const isLong = sleeves === 'long';
  return [
    piece(end, 0.033, between(end, tip, 0.8), 0.033, skin),
    piece(middle, isLong ? 0.046 : 0.04, end, isLong ? 0.038 : 0.03, isLong ? top : skin),
    ...(isLong ? [] : [piece(start, 0.05, middle, 0.041, skin)]),
    piece(
      start,
      0.063,
      isLong ? middle : between(start, middle, 0.55),
      isLong ? 0.048 : 0.062,
      mixed(top, rgb(0x1a1c3a), 0.06),
    ),
  ];
}

/** A part of a limb, lit from the upper left. */
function piece([x1, y1]: Vector, r1: number, [x2, y2]: Vector, r2: number, colour: Colour): Shape {
  return shape(capsule(x1, -y1, r1, x2, -y2, r2), acrossLimb(x1, -y1, x2, -y2, Math.max(r1, r2), colour));
}

function acrossLimb(x1: number, y1: number, x2: number, y2: number, radius: number, colour: Colour): Paint {
  const length = Math.hypot(x2 - x1, y2 - y1) || 1;
  let [nx, ny] = [-(y2 - y1) / length, (x2 - x1) / length];
  if (nx + ny < 0) [nx, ny] = [-nx, -ny];
  const [mx, my] = [(x1 + x2) / 2, (y1 + y2) / 2];
  return linear(
    lighter(colour, 0.16),
    darker(colour, 0.24),
    mx - nx * radius,
    my - ny * radius,
    mx + nx * radius,
    my + ny * radius,
  );
}

function between(from: Vector, to: Vector, share: number): Vector {
  return [
    from[0] + (to[0] - from[0]) * share,
    from[1] + (to[1] - from[1]) * share,
    from[2] + (to[2] - from[2]) * share,
  ];
}
