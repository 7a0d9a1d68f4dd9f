import type { TopView } from '@/lib/engines/scenes/aerial/plane';
import type { Atmosphere } from '@/lib/engines/scenes/atmosphere';
import { thing } from '@/lib/engines/scenes/figures/cast-figures';
import type { SceneRandom } from '@/lib/engines/scenes/random';
import { type Affine, combined, moved, rotation, scaling, translation } from '@/lib/engines/scenes/raster/affine';
import { rectangle } from '@/lib/engines/scenes/raster/rings';
import type { Drawing } from '@/lib/engines/scenes/raster/shape';
import type { SceneClass } from '@/lib/engines/scenes/scene-classes';
import type { SceneSize } from '@/lib/engines/scenes/scene-size';
import type { Placement } from '@/lib/engines/scenes/stage';

/** Height of the camera, as far as air and light are concerned. */
export const cameraHeight = 14;

/** Ground seen from above: metres from the middle of the picture, turned by any angle. */
export type GroundPlan = {
  readonly random: SceneRandom;
  readonly atmosphere: Atmosphere;
  readonly size: SceneSize;
  readonly toPicture: Affine;
  /** Pixels per metre. */
  readonly scale: number;
  /** Metres from the middle to the farthest corner. */
  readonly reach: number;
};

/** `metres` are what the picture's longer side shows, from and to. */
export function groundPlan(
  random: SceneRandom,
  atmosphere: Atmosphere,
  size: SceneSize,
  metres: readonly [number, number],
): GroundPlan {
  const scale = Math.max(size.width, size.height) / random.between(...metres);
  const turn = random.between(0, 2 * Math.PI);
  return {
    random,
    atmosphere,
    size,
    scale,
    toPicture: combined(translation(size.width / 2, size.height / 2), rotation(turn), scaling(scale)),
    reach: Math.hypot(size.width, size.height) / 2 / scale,
  };
}

/** A square that covers the picture however it is turned. */
export function everywhere({ reach }: GroundPlan): Float64Array {
  return rectangle(-reach - 2, -reach - 2, 2 * reach + 4, 2 * reach + 4);
}

/** Where something lies and where it points to, metres and radians of the plan. */
export type GroundPlace = { readonly x: number; readonly y: number; readonly heading: number };

/** Puts something on the ground; `height` (metres) moves its shadow away. */
export function lay(
  { toPicture, atmosphere, scale }: GroundPlan,
  className: SceneClass,
  view: TopView,
  { x, y, heading }: GroundPlace,
  height: number,
): Placement {
  const to = combined(toPicture, translation(x, y), rotation(heading));
  const away = translation(Math.sign(atmosphere.shadow.aside) * height * scale * 0.45, height * scale * 0.4);
  return {
    layers: thing(className, view.drawing),
    to,
    distance: cameraHeight - Math.min(height, 12) * 0.1,
    shadow: combined(away, to),
  };
}

/** Something without a label, such as a roof or a tree. */
export function layScenery(
  { toPicture, atmosphere, scale }: GroundPlan,
  drawing: Drawing,
  { x, y, heading }: GroundPlace,
  height: number,
): Placement {
  const to = combined(toPicture, translation(x, y), rotation(heading));
  const away = translation(Math.sign(atmosphere.shadow.aside) * height * scale * 0.45, height * scale * 0.4);
  return {
    layers: [{ figure: null, drawing }],
    to,
    distance: cameraHeight + 1,
    shadow: height > 0 ? combined(away, to) : null,
  };
}

/** Places that are taken already, as circles. */
export type Occupancy = {
  /** Takes a circle if it is free. */
  take(x: number, y: number, radius: number): boolean;
};

export function createOccupancy(): Occupancy {
  const circles: { x: number; y: number; radius: number }[] = [];
  return {
    take(x, y, radius) {
      if (circles.some((other) => Math.hypot(other.x - x, other.y - y) < other.radius + radius)) return false;
      circles.push({ x, y, radius });
      return true;
    },
  };
}

/** Whether enough of a rectangle about a place lies in the picture for it to be told what it is. */
export function isMostlyInside(
  { toPicture, size }: GroundPlan,
  { x, y, heading }: GroundPlace,
  { length, width }: TopView,
): boolean {
  const to = combined(toPicture, translation(x, y), rotation(heading));
  const [l, w] = [length * 0.28, width * 0.28];
  const corners = moved(Float64Array.of(l, w, l, -w, -l, -w, -l, w), to);
  for (let k = 0; k < corners.length; k += 2) {
    if (corners[k] < 0 || corners[k] > size.width || corners[k + 1] < 0 || corners[k + 1] > size.height) return false;
  }
  return true;
}
