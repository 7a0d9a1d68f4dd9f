import type { Atmosphere } from '@/lib/engines/scenes/atmosphere';
import { type Camera, reachAt, standAt } from '@/lib/engines/scenes/camera';
import { placeUpright } from '@/lib/engines/scenes/place-upright';
import type { SceneRandom } from '@/lib/engines/scenes/random';
import type { Placement, Stage } from '@/lib/engines/scenes/stage';
import { drawHouse } from '@/lib/engines/scenes/street/houses';
import { drawBush, drawTree } from '@/lib/engines/scenes/street/plants';
import { drawStreetGround, type StreetPlan } from '@/lib/engines/scenes/street/road';
import { drawSky, drawSkyline } from '@/lib/engines/scenes/street/sky';
import { drawStreetLamp } from '@/lib/engines/scenes/street/street-lamp';

/** A street before anybody is on it. */
export type StreetSetting = {
  readonly random: SceneRandom;
  readonly camera: Camera;
  readonly atmosphere: Atmosphere;
  readonly plan: StreetPlan;
};

/** Sky, far roofs, pavements and road. */
export function streetBackdrop({ random, camera, atmosphere, plan }: StreetSetting): Stage['backdrop'] {
  return [
    { drawing: drawSky(random, atmosphere, camera.width, camera.horizon), distance: 0 },
    { drawing: drawSkyline(random, atmosphere, camera.width, camera.horizon), distance: 0 },
    { drawing: drawStreetGround(random, camera, plan), distance: plan.middle * 0.6 },
  ];
}

/** House beside house along the far pavement, with gaps now and then. */
export function houseRow({ random, camera, atmosphere, plan }: StreetSetting): Placement[] {
  const distance = plan.houses;
  const reach = reachAt(camera, distance);
  const placements: Placement[] = [];
  for (let x = -reach - random.between(0, 4); x < reach; ) {
    const { width, drawing } = drawHouse(random, atmosphere.isDark);
    placements.push({ layers: [{ figure: null, drawing }], to: standAt(camera, x, distance), distance, shadow: null });
    x += width + (random.chance(0.3) ? random.between(1, 5) : 0);
  }
  return placements;
}

/** Trees, bushes and lamps before the houses. */
export function greenery({ random, camera, atmosphere, plan }: StreetSetting): Placement[] {
  const reach = reachAt(camera, plan.houses);
  const spots = random.integer(1, 4);
  return Array.from({ length: spots }).map(() => {
    const distance = plan.farKerb + random.between(0.4, 1) + 1;
    const drawing = random.pick([
      drawTree(random),
      drawTree(random),
      drawStreetLamp(atmosphere.isDark),
      drawBush(random),
    ]);
    const aside = random.between(-1, 1) * reach;
    return placeUpright(camera, atmosphere, [{ figure: null, drawing }], { aside, distance });
  });
}
