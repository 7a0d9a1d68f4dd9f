import type { Atmosphere } from '@/lib/engines/scenes/atmosphere';
import type { SceneRandom } from '@/lib/engines/scenes/random';
import { type Affine, combined, scaling, translation } from '@/lib/engines/scenes/raster/affine';
import type { SceneSize } from '@/lib/engines/scenes/scene-size';

/** A pinhole camera that looks level over flat ground: metres to pixels. */
export type Camera = {
  readonly width: number;
  readonly height: number;
  /** Row of the horizon, pixels. */
  readonly horizon: number;
  /** Focal length, pixels. */
  readonly focal: number;
  /** Metres above the ground. */
  readonly above: number;
  /** Distance at which the ground meets the lower edge of what is meant to be seen whole. */
  readonly nearest: number;
};

type CameraChoice = {
  /** Row of the horizon, of the picture's height. */
  readonly horizon: readonly [number, number];
  /** Focal length, of the picture's shorter side. */
  readonly focal: readonly [number, number];
  readonly above: readonly [number, number];
};

export function randomCamera(random: SceneRandom, { width, height }: SceneSize, choice: CameraChoice): Camera {
  const horizon = height * random.between(...choice.horizon);
  const focal = Math.min(width, height) * random.between(...choice.focal);
  const above = random.between(...choice.above);
  return { width, height, horizon, focal, above, nearest: (above * focal) / (height * 0.965 - horizon) };
}

export type GroundPoint = { readonly x: number; readonly y: number };

/** Where a point of the ground is seen, `aside` metres to the right of the middle and `distance` metres away. */
export function groundPoint({ width, horizon, focal, above }: Camera, aside: number, distance: number): GroundPoint {
  return { x: width / 2 + (aside * focal) / distance, y: horizon + (above * focal) / distance };
}

/** How far to each side the picture reaches at a distance, metres. */
export function reachAt({ width, focal }: Camera, distance: number): number {
  return (width / 2 / focal) * distance;
}

/** Stands an upright drawing on the ground; `facing` −1 mirrors it. */
export function standAt(camera: Camera, aside: number, distance: number, facing: 1 | -1 = 1, size = 1): Affine {
  const { x, y } = groundPoint(camera, aside, distance);
  const scale = (camera.focal / distance) * size;
  return combined(translation(x, y), scaling(scale * facing, scale));
}

/** The shadow of what stands so: sheared along the ground, towards the viewer. */
export function fallenShadow(to: Affine, { shadow }: Atmosphere): Affine {
  const sheared: Affine = { a: 1, b: 0, c: -shadow.aside * Math.sign(to.a) * 0.6, d: -shadow.forward, e: 0, f: 0 };
  return combined(to, sheared);
}
