import type { Box, OrientedBox } from '@/lib/engines/geometry/shape';
import type { SceneObject } from '@/lib/engines/scenes/labels/scene-object';
import { traceOutlines } from '@/lib/engines/scenes/labels/trace-outlines';
import type { Picture } from '@/lib/engines/scenes/raster/picture';
import type { CastMember } from '@/lib/engines/scenes/stage';

/** Of what is seen less than this, nobody would say what it is. */
const smallestShare = 0.2;

/** Pixels. */
const smallestArea = 40;

type Seen = { left: number; top: number; right: number; bottom: number; area: number };

/** The labelled objects of a painted picture: those of which enough is seen, in the order they were painted. */
export function measureCast(picture: Picture, cast: readonly CastMember[]): SceneObject[] {
  const seen = seenPixels(picture);
  return cast.flatMap((member) => {
    // What lies wholly outside of the picture has painted nothing.
    const pixels = seen[member.owner];
    if (pixels === undefined || pixels.area < smallestArea) return [];
    const visibleShare = (pixels.area / picture.painted[member.owner]) * shareInside(picture, member);
    return visibleShare < smallestShare ? [] : [objectOf(picture, member, pixels, visibleShare)];
  });
}

function seenPixels({ owners, width, height, painted }: Picture): Seen[] {
  const seen = Array.from(
    { length: painted.length },
    (): Seen => ({ left: width, top: height, right: 0, bottom: 0, area: 0 }),
  );
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      if (owners[at] === 0) continue;
      const pixels = seen[owners[at]];
      pixels.area++;
      if (x < pixels.left) pixels.left = x;
      if (x >= pixels.right) pixels.right = x + 1;
      if (y < pixels.top) pixels.top = y;
      pixels.bottom = y + 1;
    }
  }
  return seen;
}

/** How much of a figure's bounds lies in the picture. */
function shareInside({ width, height }: Picture, { figure, placement }: CastMember): number {
  const { a, b, c, d, e, f } = placement.to;
  let [left, top, right, bottom] = [
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ];
  for (const layer of placement.layers) {
    if (layer.figure !== figure) continue;
    for (const { role, rings } of layer.drawing) {
      if (role !== 'body') continue;
      for (const ring of rings) {
        for (let k = 0; k < ring.length; k += 2) {
          const x = a * ring[k] + c * ring[k + 1] + e;
          const y = b * ring[k] + d * ring[k + 1] + f;
          left = Math.min(left, x);
          right = Math.max(right, x);
          top = Math.min(top, y);
          bottom = Math.max(bottom, y);
        }
      }
    }
  }
  const across = Math.min(right, width) - Math.max(left, 0);
  const down = Math.min(bottom, height) - Math.max(top, 0);
  return Math.max(0, across * down) / ((right - left) * (bottom - top));
}

function objectOf(picture: Picture, member: CastMember, seen: Seen, visibleShare: number): SceneObject {
  const { owner, figure } = member;
  const { owners, width } = picture;
  const box: Box = { x1: seen.left, y1: seen.top, x2: seen.right, y2: seen.bottom };
  const outlines = traceOutlines({ ...seen, has: (x, y) => owners[y * width + x] === owner });
  return {
    className: figure.className,
    box,
    orientedBox: alongAxis(outlines, Math.atan2(member.placement.to.b, member.placement.to.a)),
    area: seen.area,
    visibleShare,
    outlines,
    keypoints: figure.keypoints === null ? null : keypointsOf(picture, member),
  };
}

/** The rectangle of an angle around outlines. */
function alongAxis(outlines: readonly Float32Array[], angle: number): OrientedBox {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  let [left, top, right, bottom] = [
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ];
  for (const ring of outlines) {
    for (let k = 0; k < ring.length; k += 2) {
      const along = ring[k] * cos + ring[k + 1] * sin;
      const across = ring[k + 1] * cos - ring[k] * sin;
      left = Math.min(left, along);
      right = Math.max(right, along);
      top = Math.min(top, across);
      bottom = Math.max(bottom, across);
    }
  }
  const [along, across] = [(left + right) / 2, (top + bottom) / 2];
  return {
    cx: along * cos - across * sin,
    cy: along * sin + across * cos,
    width: right - left,
    height: bottom - top,
    angle,
  };
}

function keypointsOf(picture: Picture, { figure, placement, owner }: CastMember): Float32Array {
  const { a, b, c, d, e, f } = placement.to;
  return Float32Array.from(
    (figure.keypoints ?? []).flatMap((point) => {
      const x = a * point.x + c * point.y + e;
      const y = b * point.x + d * point.y + f;
      if (x < 0 || y < 0 || x >= picture.width || y >= picture.height) return [0, 0, 0];
      return [x, y, point.isSeen && isNear(picture, Math.floor(x), Math.floor(y), owner) ? 2 : 1];
    }),
  );
}

/** Whether one of the nine pixels about a place belongs to an owner: joints lie near the edge of thin limbs. */
function isNear({ owners, width, height }: Picture, x: number, y: number, owner: number): boolean {
  for (let dy = -1; dy <= 1; dy++) {
    for (let dx = -1; dx <= 1; dx++) {
      const [px, py] = [x + dx, y + dy];
      if (px < 0 || py < 0 || px >= width || py >= height) continue;
      if (owners[py * width + px] === owner) return true;
    }
  }
  return false;
}
