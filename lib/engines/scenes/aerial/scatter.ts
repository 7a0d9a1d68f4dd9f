import {
  type GroundPlace,
  type GroundPlan,
  isMostlyInside,
  lay,
  type Occupancy,
} from '@/lib/engines/scenes/aerial/ground-plan';
import type { TopView } from '@/lib/engines/scenes/aerial/plane';
import type { SceneClass } from '@/lib/engines/scenes/scene-classes';
import type { Placement } from '@/lib/engines/scenes/stage';

type Spread = {
  /** Metres that the shadow shows. */
  readonly height: number;
  readonly onlyBelow?: number;
  readonly onlyAbove?: number;
  /** All on this line, along it. */
  readonly along?: number;
};

/** Things with any heading where there is room. */
export function scattered(
  plan: GroundPlan,
  taken: Occupancy,
  className: SceneClass,
  draw: () => TopView,
  count: number,
  spread: Spread,
): Placement[] {
  const { random, reach } = plan;
  const { height, onlyBelow = -reach, onlyAbove = reach, along } = spread;
  const placements: Placement[] = [];
  for (let attempt = 0; attempt < count * 5 && placements.length < count; attempt++) {
    const view = draw();
    const place: GroundPlace =
      along === undefined
        ? {
            x: random.between(-reach, reach),
            y: random.between(onlyBelow, onlyAbove),
            heading: random.between(0, 2 * Math.PI),
          }
        : { x: random.between(-reach, reach), y: along, heading: random.pick([0, Math.PI]) };
    const radius = Math.max(view.length, view.width) * 0.53;
    if (isMostlyInside(plan, place, view) && taken.take(place.x, place.y, radius))
      placements.push(lay(plan, className, view, place, height));
  }
  return placements;
}
