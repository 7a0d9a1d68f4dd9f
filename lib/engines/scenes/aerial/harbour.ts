import {
  createOccupancy,
  type GroundPlan,
  groundPlan,
  isMostlyInside,
  lay,
  layScenery,
  type Occupancy,
} from '@/lib/engines/scenes/aerial/ground-plan';
import { concrete, roof, wake, water } from '@/lib/engines/scenes/aerial/grounds';
import { drawPlane } from '@/lib/engines/scenes/aerial/plane';
import { drawLargeVehicle } from '@/lib/engines/scenes/aerial/road-vehicles';
import { scattered } from '@/lib/engines/scenes/aerial/scatter';
import { drawShip } from '@/lib/engines/scenes/aerial/ship';
import type { Theme } from '@/lib/engines/scenes/aerial/theme';
import { rgb } from '@/lib/engines/scenes/raster/colour';
import type { Placement } from '@/lib/engines/scenes/stage';

/** A quay with ships along it, and open water. */
export const harbour: Theme = (random, atmosphere, size) => {
  const plan = groundPlan(random, atmosphere, size, [95, 150]);
  const { reach } = plan;
  const quay = reach * random.between(0.25, 0.5);
  const ground = [...water(plan), ...concrete(-reach - 2, quay, 2 * reach + 4, reach * 2, rgb(0xb9b4aa))];
  const taken = createOccupancy();
  const moored: Placement[] = [];
  for (let x = -reach; x < reach; ) {
    const view = drawShip(random);
    const place = { x: x + view.length / 2, y: quay - view.width / 2 - 1, heading: random.pick([0, Math.PI]) };
    if (random.chance(0.6) && isMostlyInside(plan, place, view) && taken.take(place.x, place.y, view.length * 0.5))
      moored.push(lay(plan, 'ship', view, place, 1.5));
    x += view.length + 5;
  }
  return {
    plan,
    ground,
    placements: [
      ...Array.from({ length: 3 }, () =>
        layScenery(
          plan,
          roof(random, random.between(18, 28), random.between(12, 18)),
          { x: random.between(-reach, reach), y: quay + random.between(26, 40), heading: 0 },
          4,
        ),
      ),
      ...moored,
      ...afloat(plan, taken, random.integer(2, 6), quay - 14),
      ...scattered(plan, taken, 'large vehicle', () => drawLargeVehicle(random), random.integer(0, 4), {
        height: 2,
        onlyBelow: quay + 6,
        onlyAbove: quay + 18,
      }),
    ],
  };
};

/** Open water, sometimes with a shore. */
export const sea: Theme = (random, atmosphere, size) => {
  const plan = groundPlan(random, atmosphere, size, [80, 140]);
  const { reach } = plan;
  const shore = random.chance(0.5) ? reach * random.between(0.4, 0.7) : reach * 3;
  const sand = concrete(-reach - 2, shore, 2 * reach + 4, reach * 2, rgb(0xecd9a8)).slice(0, 2);
  const taken = createOccupancy();
  return {
    plan,
    ground: [...water(plan), ...sand],
    placements: [
      ...afloat(plan, taken, random.integer(3, 9), Math.min(shore, reach) - 12),
      ...scattered(plan, createOccupancy(), 'plane', () => drawPlane(random), random.chance(0.35) ? 1 : 0, {
        height: 14,
      }),
    ],
  };
};

/** Ships under way or at anchor, away from the quay. */
function afloat(plan: GroundPlan, taken: Occupancy, count: number, limit: number): Placement[] {
  const { random, reach } = plan;
  const placements: Placement[] = [];
  let ships = 0;
  for (let attempt = 0; attempt < count * 6 && ships < count; attempt++) {
    const view = drawShip(random);
    const place = {
      x: random.between(-reach, reach),
      y: random.between(-reach, limit - view.length * 0.3),
      heading: random.between(0, 2 * Math.PI),
    };
    if (!isMostlyInside(plan, place, view) || !taken.take(place.x, place.y, view.length * 0.54)) continue;
    if (random.chance(0.5)) placements.push(layScenery(plan, wake(view.length, view.width), place, 0));
    placements.push(lay(plan, 'ship', view, place, 1.5));
    ships++;
  }
  return placements;
}
