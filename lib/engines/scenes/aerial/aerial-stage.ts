import { airport } from '@/lib/engines/scenes/aerial/airport';
import { cameraHeight } from '@/lib/engines/scenes/aerial/ground-plan';
import { harbour, sea } from '@/lib/engines/scenes/aerial/harbour';
import { carPark, countryside, crossroads } from '@/lib/engines/scenes/aerial/roads';
import { atmosphereOf } from '@/lib/engines/scenes/atmosphere';
import { movedDrawing } from '@/lib/engines/scenes/figures/cast-figures';
import type { SceneRandom } from '@/lib/engines/scenes/random';
import type { SceneSize } from '@/lib/engines/scenes/scene-size';
import type { Stage } from '@/lib/engines/scenes/stage';

/** A view from above: airport, harbour, sea, car park, crossroads or fields, turned by any angle. */
export function aerialStage(random: SceneRandom, size: SceneSize): Stage {
  const air = atmosphereOf(random.pick(['day', 'day', 'day', 'overcast', 'dusk', 'fog'] as const), random);
  const atmosphere = { ...air, isDark: false, hazePerMetre: Math.min(air.hazePerMetre, 0.016) };
  const { plan, ground, placements } = random.pick([
    airport,
    airport,
    harbour,
    harbour,
    sea,
    carPark,
    crossroads,
    countryside,
  ])(random, atmosphere, size);
  return {
    ...size,
    atmosphere,
    backdrop: [{ drawing: movedDrawing(ground, plan.toPicture), distance: cameraHeight }],
    placements,
  };
}
