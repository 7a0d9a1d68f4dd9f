import type { GroundPlan } from '@/lib/engines/scenes/aerial/ground-plan';
import type { Atmosphere } from '@/lib/engines/scenes/atmosphere';
import type { SceneRandom } from '@/lib/engines/scenes/random';
import type { Drawing } from '@/lib/engines/scenes/raster/shape';
import type { SceneSize } from '@/lib/engines/scenes/scene-size';
import type { Placement } from '@/lib/engines/scenes/stage';

/** A kind of ground and what is on it. */
export type Theme = (
  random: SceneRandom,
  atmosphere: Atmosphere,
  size: SceneSize,
) => {
  readonly plan: GroundPlan;
  readonly ground: Drawing;
  readonly placements: readonly Placement[];
};
