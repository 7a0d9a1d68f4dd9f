import type { Attire } from '@/lib/engines/scenes/figures/attire';
import { build, type Skeleton } from '@/lib/engines/scenes/figures/skeleton';
import { darker, lighter, mixed, rgb } from '@/lib/engines/scenes/raster/colour';
import { capsule, ellipse, smoothRing } from '@/lib/engines/scenes/raster/rings';
import { type Drawing, effect, linear, type Shape, shape } from '@/lib/engines/scenes/raster/shape';

/** Half the width and half the height of a head, metres. */
const headWidth = 0.1;
const headHeight = build.head;

/** Where something is on the head: radians from straight ahead to the person's left, and a share of the half height, upwards. */
type FacePlace = { readonly azimuth: number; readonly rise: number };

const places = {
  nose: { azimuth: 0, rise: -0.12 },
  leftEye: { azimuth: 0.46, rise: 0.1 },
  rightEye: { azimuth: -0.46, rise: 0.1 },
  leftEar: { azimuth: 1.5, rise: -0.02 },
  rightEar: { azimuth: -1.5, rise: -0.02 },
} as const satisfies Record<string, FacePlace>;

export type FacePoint = keyof typeof places;

export type SeenPoint = { readonly x: number; readonly y: number; readonly isSeen: boolean };

/** Where a point of the face is, metres with y downwards, and whether the head itself hides it. */
export function facePoint(skeleton: Skeleton, point: FacePoint): SeenPoint {
  const { azimuth, rise }: FacePlace = places[point];
  const angle = azimuth + skeleton.faceYaw;
  const level = Math.sqrt(1 - rise ** 2);
  const out = point === 'nose' ? 1.12 : 0.98;
  return {
    x: skeleton.head[0] + Math.sin(angle) * level * headWidth * out,
    y: -skeleton.head[1] - rise * headHeight,
    isSeen: Math.cos(angle) > -0.12,
  };
}

/** Long hair that falls behind the shoulders, drawn before or after the trunk as the figure is turned. */
export function drawLongHair(skeleton: Skeleton, { hair, hairStyle }: Attire): Drawing {
  if (hairStyle !== 'long') return [];
  const x = skeleton.head[0] - Math.sin(skeleton.faceYaw) * headWidth * 0.42;
  const y = -skeleton.head[1];
  const side = Math.abs(Math.sin(skeleton.faceYaw));
  const width = headWidth * (1.22 - 0.42 * side);
  const ring = smoothRing(
    [x - width * 0.95, y - 0.02],
    [x - width * 1.06, y + 0.13],
    [x - width * 0.8, y + 0.24],
    [x + width * 0.8, y + 0.24],
    [x + width * 1.06, y + 0.13],
    [x + width * 0.95, y - 0.02],
  );
  return [shape(ring, linear(hair, darker(hair, 0.3), x, y - 0.1, x, y + 0.24))];
}

export function drawHead(skeleton: Skeleton, attire: Attire): Drawing {
  const facing = Math.cos(skeleton.faceYaw);
  const shapes =
    facing > -0.25 ? [...hairBack(skeleton, attire), ...face(skeleton, attire)] : hairBack(skeleton, attire);
  return [...shapes, ...ears(skeleton, attire), ...hat(skeleton, attire)];
}

function hairBack(skeleton: Skeleton, { hair, hairStyle, skin }: Attire): Shape[] {
  const x = skeleton.head[0] - Math.sin(skeleton.faceYaw) * 0.012;
  const y = -skeleton.head[1] - 0.012;
  const colour = hairStyle === 'bald' ? skin : hair;
  const size = hairStyle === 'bald' ? 1 : 1.09;
  const paint = linear(
    lighter(colour, 0.14),
    darker(colour, 0.22),
    x - headWidth,
    y - headHeight,
    x + headWidth,
    y + headHeight,
  );
  const shapes = [shape(ellipse(x, y, headWidth * size, headHeight * (size - 0.01)), paint)];
  if (hairStyle !== 'bun') return shapes;
  const bunX = x - Math.sin(skeleton.faceYaw) * headWidth * 1.1;
  return [shape(ellipse(bunX, y - headHeight * 0.85, 0.047), paint), ...shapes];
}

function face(skeleton: Skeleton, attire: Attire): Shape[] {
  const { skin } = attire;
  const sin = Math.sin(skeleton.faceYaw);
  const side = Math.abs(sin);
  const x = skeleton.head[0] + sin * headWidth * 0.3;
  const y = -skeleton.head[1] + headHeight * 0.15;
  const width = headWidth * (0.95 - 0.2 * side);
  const height = headHeight * (attire.hairStyle === 'bald' ? 0.96 : 0.87);
  const skinPaint = linear(lighter(skin, 0.16), darker(skin, 0.14), x - width, y - height, x + width, y + height);
  const shapes: Shape[] = [shape(ellipse(x, y, width, height), skinPaint)];
  shapes.push(...cheeks(skeleton, attire));
  const nose = facePoint(skeleton, 'nose');
  const noseTop = { x: nose.x - sin * 0.012, y: nose.y - 0.028 };
  shapes.push(
    shape(
      capsule(noseTop.x, noseTop.y, 0.008, nose.x - sin * 0.006, nose.y + 0.004, 0.0135),
      mixed(skin, rgb(0xc05a46), 0.2),
    ),
  );
  shapes.push(...mouth(skeleton, attire));
  for (const eye of ['leftEye', 'rightEye'] as const)
    shapes.push(...drawEye(facePoint(skeleton, eye), skeleton, attire));
  return shapes;
}

function cheeks(skeleton: Skeleton, { skin }: Attire): Shape[] {
  const blush = mixed(skin, rgb(0xe0604f), 0.5);
  return [0.75, -0.75].flatMap((azimuth) => {
    const angle = azimuth + skeleton.faceYaw;
    if (Math.cos(angle) < 0.3) return [];
    const x = skeleton.head[0] + Math.sin(angle) * headWidth * 0.86;
    return [effect(ellipse(x, -skeleton.head[1] + headHeight * 0.35, 0.022 * Math.cos(angle), 0.016), blush, 0.35)];
  });
}

function mouth(skeleton: Skeleton, { skin }: Attire): Shape[] {
  const points = [-0.3, -0.15, 0, 0.15, 0.3].map((azimuth, k): readonly [number, number] => {
    const x = skeleton.head[0] + Math.sin(azimuth + skeleton.faceYaw) * headWidth * 0.93;
    return [x, -skeleton.head[1] + headHeight * (0.55 + [-0.03, 0.03, 0.05, 0.03, -0.03][k])];
  });
  const rings = points.slice(1).map(([x, y], k) => capsule(points[k][0], points[k][1], 0.006, x, y));
  return [shape(rings, mixed(skin, rgb(0x8e2f36), 0.75))];
}

function drawEye({ x, y, isSeen }: SeenPoint, skeleton: Skeleton, { skin, hair, hairStyle }: Attire): Shape[] {
  if (!isSeen) return [];
  // Towards the profile an eye becomes narrow.
  const width = 0.35 + 0.65 * Math.max(0.1, Math.cos(skeleton.faceYaw));
  const look = Math.sin(skeleton.faceYaw) * 0.004;
  const brow = hairStyle === 'bald' ? darker(skin, 0.45) : darker(hair, 0.2);
  return [
    shape(ellipse(x, y, 0.0175 * width, 0.0125), rgb(0xfbf8f4)),
    shape(ellipse(x + look, y + 0.001, 0.0095 * Math.max(0.7, width), 0.0105), rgb(0x2b2330)),
    shape(capsule(x - 0.02 * width, y - 0.021, 0.0045, x + 0.02 * width, y - 0.023), brow),
  ];
}

function ears(skeleton: Skeleton, { skin, hairStyle }: Attire): Shape[] {
  if (hairStyle === 'long' || hairStyle === 'helmet') return [];
  return (['leftEar', 'rightEar'] as const).flatMap((ear) => {
    const { x, y, isSeen } = facePoint(skeleton, ear);
    if (!isSeen) return [];
    const inner = skeleton.head[0] + (x - skeleton.head[0]) * 1.0;
    return [
      shape(ellipse(inner, y + 0.008, 0.02, 0.03), mixed(skin, rgb(0xb0503e), 0.12)),
      effect(ellipse(inner, y + 0.01, 0.01, 0.018), rgb(0x9a4034), 0.35),
    ];
  });
}

function hat(skeleton: Skeleton, { hairStyle, hat: colour }: Attire): Shape[] {
  if (hairStyle !== 'cap' && hairStyle !== 'helmet') return [];
  const x = skeleton.head[0];
  const y = -skeleton.head[1] - headHeight * 0.3;
  const sin = Math.sin(skeleton.faceYaw);
  const paint = linear(lighter(colour, 0.2), darker(colour, 0.2), x - headWidth, y - headHeight, x + headWidth, y);
  const width = headWidth * 1.14;
  const dome = smoothRing(
    [x - width, y],
    [x - width * 0.92, y - headHeight * 0.5],
    [x - width * 0.45, y - headHeight * 0.84],
    [x + width * 0.45, y - headHeight * 0.84],
    [x + width * 0.92, y - headHeight * 0.5],
    [x + width, y],
    [x, y + 0.022],
  );
  const shapes = [shape(dome, paint)];
  if (hairStyle === 'helmet') {
    const vent = darker(colour, 0.45);
    return [...shapes, shape(capsule(x - 0.04, y - 0.06, 0.008, x + 0.05, y - 0.065), vent)];
  }
  if (Math.cos(skeleton.faceYaw) < -0.3) return shapes;
  const brimX = x + sin * headWidth * 0.95;
  return [
    ...shapes,
    shape(
      capsule(
        x + sin * 0.03 - 0.055 * (1 - Math.abs(sin)),
        y + 0.008,
        0.014,
        brimX + 0.055 * (1 - Math.abs(sin)),
        y + 0.008,
      ),
      darker(colour, 0.25),
    ),
  ];
}
