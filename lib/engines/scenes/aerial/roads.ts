import {
  createOccupancy,
  type GroundPlan,
  groundPlan,
  isMostlyInside,
  lay,
  layScenery,
} from '@/lib/engines/scenes/aerial/ground-plan';
import { concrete, fields, grass, roadAlong, roof, treeTop } from '@/lib/engines/scenes/aerial/grounds';
import { drawPlane } from '@/lib/engines/scenes/aerial/plane';
import { drawLargeVehicle, drawSmallVehicle } from '@/lib/engines/scenes/aerial/road-vehicles';
import { scattered } from '@/lib/engines/scenes/aerial/scatter';
import type { Theme } from '@/lib/engines/scenes/aerial/theme';
import { rgb } from '@/lib/engines/scenes/raster/colour';
import { rectangle } from '@/lib/engines/scenes/raster/rings';
import { effect } from '@/lib/engines/scenes/raster/shape';
import type { Placement } from '@/lib/engines/scenes/stage';

/** Rows of parked cars, and some that look for a place. */
export const carPark: Theme = (random, atmosphere, size) => {
  const plan = groundPlan(random, atmosphere, size, [48, 72]);
  const { reach } = plan;
  const placements: Placement[] = [];
  const lines: Float64Array[] = [];
  const fill = random.between(0.35, 0.8);
  for (let row = -Math.ceil(reach / 17); row <= Math.ceil(reach / 17); row++) {
    for (const side of [-1, 1] as const) {
      const y = row * 17 + side * 2.9;
      for (let x = -Math.ceil(reach / 2.9) * 2.9; x < reach; x += 2.9) {
        lines.push(rectangle(x - 0.07, y - 2.7, 0.14, 5.4));
        const place = {
          x: x + 1.45,
          y: y + random.between(-0.25, 0.25),
          heading: (Math.PI / 2) * (random.chance(0.5) ? 1 : -1) + random.between(-0.05, 0.05),
        };
        const view = drawSmallVehicle(random);
        if (random.chance(fill) && isMostlyInside(plan, place, view))
          placements.push(lay(plan, 'small vehicle', view, place, 1.2));
      }
    }
    const driving = random.chance(0.5) ? drawLargeVehicle(random) : drawSmallVehicle(random);
    const place = { x: random.between(-reach, reach), y: row * 17 + 8.5, heading: random.pick([0, Math.PI]) };
    if (isMostlyInside(plan, place, driving))
      placements.push(
        lay(
          plan,
          driving.length > 8 ? 'large vehicle' : 'small vehicle',
          driving,
          place,
          driving.length > 8 ? 2.6 : 1.2,
        ),
      );
  }
  const asphalt = concrete(
    -reach - 2,
    -reach - 2,
    2 * reach + 4,
    2 * reach + 4,
    random.pick([0x737880, 0x7f848a, 0x6a6f78].map(rgb)),
  ).slice(1, 2);
  return { plan, ground: [...asphalt, effect(lines, rgb(0xf4f0e4), 0.8)], placements };
};

/** Two roads between houses. */
export const crossroads: Theme = (random, atmosphere, size) => {
  const plan = groundPlan(random, atmosphere, size, [58, 90]);
  const { reach } = plan;
  const roads = [-reach * 0.45, reach * random.between(0.3, 0.5)];
  const blocks: Placement[] = [];
  for (const y of [-reach * 0.9, (roads[0] + roads[1]) / 2, reach * 0.92]) {
    for (let x = -reach; x < reach; x += random.between(14, 19)) {
      blocks.push(
        random.chance(0.7)
          ? layScenery(
              plan,
              roof(random, random.between(9, 13), random.between(8, 11)),
              { x, y: y + random.between(-2, 2), heading: 0 },
              3,
            )
          : layScenery(plan, treeTop(random), { x, y: y + random.between(-4, 4), heading: 0 }, 2.5),
      );
    }
  }
  const traffic = roads.flatMap((y) => [...queue(plan, y - 1.9, Math.PI), ...queue(plan, y + 1.9, 0)]);
  return {
    plan,
    ground: [...grass(plan), ...roads.flatMap((y) => roadAlong(plan, y, 8.2))],
    placements: [...blocks, ...traffic],
  };
};

/** Fields with a road through them, now and then a plane above. */
export const countryside: Theme = (random, atmosphere, size) => {
  const plan = groundPlan(random, atmosphere, size, [62, 95]);
  const { reach } = plan;
  const y = reach * random.between(-0.3, 0.3);
  const trees = Array.from({ length: random.integer(3, 12) }, () =>
    layScenery(
      plan,
      treeTop(random),
      { x: random.between(-reach, reach), y: y + random.between(8, reach) * (random.chance(0.5) ? 1 : -1), heading: 0 },
      2.5,
    ),
  );
  return {
    plan,
    ground: [...fields(plan), ...roadAlong(plan, y, 8.2)],
    placements: [
      ...trees,
      ...queue(plan, y - 1.9, Math.PI),
      ...queue(plan, y + 1.9, 0),
      ...scattered(plan, createOccupancy(), 'plane', () => drawPlane(random), random.integer(0, 2), { height: 12 }),
    ],
  };
};

/** Vehicles one behind the other along y. */
function queue(plan: GroundPlan, y: number, heading: number): Placement[] {
  const { random, reach } = plan;
  const placements: Placement[] = [];
  for (let x = -reach + random.between(0, 12); x < reach; ) {
    const isLarge = random.chance(0.35);
    const view = isLarge ? drawLargeVehicle(random) : drawSmallVehicle(random);
    const place = {
      x: x + view.length / 2,
      y: y + random.between(-0.2, 0.2),
      heading: heading + random.between(-0.03, 0.03),
    };
    if (isMostlyInside(plan, place, view))
      placements.push(lay(plan, isLarge ? 'large vehicle' : 'small vehicle', view, place, isLarge ? 2.6 : 1.2));
    x += view.length + random.between(2, 18);
  }
  return placements;
}
