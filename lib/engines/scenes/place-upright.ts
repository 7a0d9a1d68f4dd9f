import type { Atmosphere } from '@/lib/engines/scenes/atmosphere';
import { type Camera, fallenShadow, standAt } from '@/lib/engines/scenes/camera';
import type { Layer, Placement } from '@/lib/engines/scenes/stage';

/** Where something stands: metres to the right of the middle and from the viewer. */
export type Standing = {
  readonly aside: number;
  readonly distance: number;
  /** −1 for what faces left; drawings face right. */
  readonly facing?: 1 | -1;
  /** Of its drawn size. */
  readonly size?: number;
};

/** Stands something on the ground, with its shadow. */
export function placeUpright(
  camera: Camera,
  atmosphere: Atmosphere,
  layers: readonly Layer[],
  { aside, distance, facing, size }: Standing,
): Placement {
  const to = standAt(camera, aside, distance, facing, size);
  return { layers, to, distance, shadow: fallenShadow(to, atmosphere) };
}
