import {
  cameraHeight,
  createOccupancy,
  type GroundPlace,
  type GroundPlan,
  groundPlan,
  isMostlyInside,
  lay,
  layScenery,
  type Occupancy,
} from '@/lib/engines/scenes/aerial/ground-plan';
import {
  concrete,
  fields,
  grass,
  roadAlong,
  roof,
  runway,
  treeTop,
  wake,
  water,
} from '@/lib/engines/scenes/aerial/grounds';
import { drawPlane, type TopView } from '@/lib/engines/scenes/aerial/plane';
import { drawLargeVehicle, drawSmallVehicle } from '@/lib/engines/scenes/aerial/road-vehicles';
import { drawShip } from '@/lib/engines/scenes/aerial/ship';
import { type Atmosphere, atmosphereOf } from '@/lib/engines/scenes/atmosphere';
import { movedDrawing } from '@/lib/engines/scenes/figures/cast-figures';
import type { SceneRandom } from '@/lib/engines/scenes/random';
import { rgb } from '@/lib/engines/scenes/raster/colour';
import { rectangle } from '@/lib/engines/scenes/raster/rings';
import { type Drawing, effect } from '@/lib/engines/scenes/raster/shape';
import type { SceneClass } from '@/lib/engines/scenes/scene-classes';
import type { SceneSize } from '@/lib/engines/scenes/scene-size';
import type { Placement, Stage } from '@/lib/engines/scenes/stage';

type Theme = (
  random: SceneRandom,
  atmosphere: Atmosphere,
  size: SceneSize,
) => {
  readonly plan: GroundPlan;
  readonly ground: Drawing;
  readonly placements: readonly Placement[];
};

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

const airport: Theme = (random, atmosphere, size) => {
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

const harbour: Theme = (random, atmosphere, size) => {
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
      ...afloat(plan, taken, random.integer(1, 4), quay - 14),
      ...scattered(plan, taken, 'large vehicle', () => drawLargeVehicle(random), random.integer(0, 4), {
        height: 2,
        onlyBelow: quay + 6,
        onlyAbove: quay + 18,
      }),
    ],
  };
};

const sea: Theme = (random, atmosphere, size) => {
  const plan = groundPlan(random, atmosphere, size, [80, 140]);
  const { reach } = plan;
  const shore = random.chance(0.5) ? reach * random.between(0.4, 0.7) : reach * 3;
  const sand = concrete(-reach - 2, shore, 2 * reach + 4, reach * 2, rgb(0xecd9a8)).slice(0, 2);
  const taken = createOccupancy();
  return {
    plan,
    ground: [...water(plan), ...sand],
    placements: [
      ...afloat(plan, taken, random.integer(3, 8), Math.min(shore, reach) - 12),
      ...scattered(plan, createOccupancy(), 'plane', () => drawPlane(random), random.chance(0.35) ? 1 : 0, {
        height: 14,
      }),
    ],
  };
};

const carPark: Theme = (random, atmosphere, size) => {
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

const crossroads: Theme = (random, atmosphere, size) => {
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

const countryside: Theme = (random, atmosphere, size) => {
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

/** Ships under way or at anchor, away from the quay. */
function afloat(plan: GroundPlan, taken: Occupancy, count: number, limit: number): Placement[] {
  const { random, reach } = plan;
  return Array.from({ length: count }).flatMap(() => {
    const view = drawShip(random);
    const place = {
      x: random.between(-reach, reach),
      y: random.between(-reach, limit - view.length * 0.3),
      heading: random.between(0, 2 * Math.PI),
    };
    if (!isMostlyInside(plan, place, view) || !taken.take(place.x, place.y, view.length * 0.54)) return [];
    const ship = lay(plan, 'ship', view, place, 1.5);
    return random.chance(0.5) ? [layScenery(plan, wake(view.length, view.width), place, 0), ship] : [ship];
  });
}

type Spread = {
  /** Metres that the shadow shows. */
  readonly height: number;
  readonly onlyBelow?: number;
  readonly onlyAbove?: number;
  /** All on this line, along it. */
  readonly along?: number;
};

/** Things with any heading where there is room. */
function scattered(
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
