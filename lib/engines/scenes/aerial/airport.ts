import { createOccupancy, type GroundPlan, groundPlan } from '@/lib/engines/scenes/aerial/ground-plan';
import { concrete, grass, runway } from '@/lib/engines/scenes/aerial/grounds';
import { drawPlane } from '@/lib/engines/scenes/aerial/plane';
import { drawLargeVehicle } from '@/lib/engines/scenes/aerial/road-vehicles';
import { scattered } from '@/lib/engines/scenes/aerial/scatter';
import type { Theme } from '@/lib/engines/scenes/aerial/theme';
import { rgb } from '@/lib/engines/scenes/raster/colour';
import { rectangle } from '@/lib/engines/scenes/raster/rings';
import { type Drawing, effect } from '@/lib/engines/scenes/raster/shape';

/** An apron with planes and what serves them, and a runway. */
export const airport: Theme = (random, atmosphere, size) => {
  const plan = groundPlan(random, atmosphere, size, [100, 165]);
  const { reach } = plan;
  const apron = reach * random.between(-0.1, 0.3);
  const ground = [
    ...grass(plan),
    ...runway(plan, -reach * 0.62, 24),
    ...concrete(-reach - 2, apron - reach * 0.45, 2 * reach + 4, reach * 1.6),
    ...taxiLines(plan, apron),
  ];
  const taken = createOccupancy();
  return {
    plan,
    ground,
    placements: [
      ...scattered(plan, taken, 'plane', () => drawPlane(random), random.integer(2, 6), {
        height: 3,
        onlyBelow: apron - reach * 0.3,
      }),
      ...scattered(plan, taken, 'plane', () => drawPlane(random), random.chance(0.4) ? 1 : 0, {
        height: 3,
        along: -reach * 0.62,
      }),
      ...scattered(plan, taken, 'large vehicle', () => drawLargeVehicle(random), random.integer(0, 5), {
        height: 2,
        onlyBelow: apron - reach * 0.4,
      }),
    ],
  };
};

function taxiLines({ reach }: GroundPlan, apron: number): Drawing {
  return [
    effect(
      [
        rectangle(-reach, apron - 0.3, 2 * reach, 0.6),
        ...[-0.6, -0.2, 0.2, 0.6].map((share) => rectangle(reach * share, apron, 0.5, reach)),
      ],
      rgb(0xf2c230),
      0.75,
    ),
  ];
}
