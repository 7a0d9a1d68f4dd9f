import { type Atmosphere, randomAtmosphere } from '@/lib/engines/scenes/atmosphere';
import { type Camera, fallenShadow, randomCamera, reachAt, standAt } from '@/lib/engines/scenes/camera';
import { everydayAttire } from '@/lib/engines/scenes/figures/attire';
import { cyclist, movedDrawing, person, thing } from '@/lib/engines/scenes/figures/cast-figures';
import { drawDog } from '@/lib/engines/scenes/figures/draw-dog';
import { running, standing, walking } from '@/lib/engines/scenes/figures/poses';
import type { SceneRandom } from '@/lib/engines/scenes/random';
import type { Affine } from '@/lib/engines/scenes/raster/affine';
import type { SceneSize } from '@/lib/engines/scenes/scene-size';
import { ballKinds, ballRadius, drawBall } from '@/lib/engines/scenes/sport/draw-ball';
import type { Layer, Placement, Stage } from '@/lib/engines/scenes/stage';
import { drawHouse } from '@/lib/engines/scenes/street/houses';
import { drawBush, drawTree } from '@/lib/engines/scenes/street/plants';
import { drawStreetGround, type StreetPlan, streetPlan } from '@/lib/engines/scenes/street/road';
import { drawSky, drawSkyline } from '@/lib/engines/scenes/street/sky';
import { drawStreetLamp } from '@/lib/engines/scenes/street/street-lamp';
import { drawTrafficLight, drawTrafficLightPole } from '@/lib/engines/scenes/street/traffic-light';
import { drawBicycle } from '@/lib/engines/scenes/vehicles/bicycle';
import { drawBus } from '@/lib/engines/scenes/vehicles/bus-side';
import { drawCar } from '@/lib/engines/scenes/vehicles/car-side';
import { drawTruck } from '@/lib/engines/scenes/vehicles/truck-side';

type Setting = {
  readonly random: SceneRandom;
  readonly camera: Camera;
  readonly atmosphere: Atmosphere;
  readonly plan: StreetPlan;
};

/** A street seen from its other side: houses, two lanes, two pavements and who is about. */
export function streetStage(random: SceneRandom, size: SceneSize): Stage {
  const atmosphere = randomAtmosphere(random);
  const camera = randomCamera(random, size, { horizon: [0.3, 0.46], focal: [1, 1.5], above: [1.9, 3.6] });
  const plan = streetPlan(camera, random);
  const setting: Setting = { random, camera, atmosphere, plan };
  return {
    ...size,
    atmosphere,
    backdrop: [
      { drawing: drawSky(random, atmosphere, size.width, camera.horizon), distance: 0 },
      { drawing: drawSkyline(random, atmosphere, size.width, camera.horizon), distance: 0 },
      { drawing: drawStreetGround(random, camera, plan), distance: plan.middle * 0.6 },
    ],
    placements: [
      ...houses(setting),
      ...greenery(setting),
      ...farPavement(setting),
      ...lane(setting, (plan.middle + plan.farKerb) / 2, -1),
      ...lane(setting, (plan.middle + plan.nearKerb) / 2, 1),
      ...lights(setting),
      ...nearPavement(setting),
    ],
  };
}

function houses({ random, camera, atmosphere, plan }: Setting): Placement[] {
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

function greenery({ random, camera, atmosphere, plan }: Setting): Placement[] {
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
    return scenery(camera, atmosphere, drawing, random.between(-1, 1) * reach, distance);
  });
}

function scenery(
  camera: Camera,
  atmosphere: Atmosphere,
  drawing: Layer['drawing'],
  aside: number,
  distance: number,
): Placement {
  return stood(camera, atmosphere, [{ figure: null, drawing }], aside, distance);
}

function stood(
  camera: Camera,
  atmosphere: Atmosphere,
  layers: readonly Layer[],
  aside: number,
  distance: number,
  facing: 1 | -1 = 1,
  size = 1,
): Placement {
  const to = standAt(camera, aside, distance, facing, size);
  return { layers, to, distance, shadow: fallenShadow(to, atmosphere) };
}

function lane({ random, camera, atmosphere }: Setting, distance: number, facing: 1 | -1): Placement[] {
  const reach = reachAt(camera, distance);
  const placements: Placement[] = [];
  for (let x = -reach + random.between(-3, 5); x < reach + 1; ) {
    const { layers, length } = vehicle(random, atmosphere.isDark);
    placements.push(stood(camera, atmosphere, layers, x + length / 2, distance + random.between(-0.3, 0.3), facing));
    x += length + random.between(0.8, 9);
  }
  return placements;
}

function vehicle(random: SceneRandom, isDark: boolean): { layers: Layer[]; length: number } {
  const kind = random.next();
  if (kind < 0.4) return { layers: thing('car', drawCar(random, isDark)), length: 4.5 };
  if (kind < 0.58) return { layers: thing('bus', drawBus(random, isDark)), length: 10.5 };
  if (kind < 0.76) return { layers: thing('truck', drawTruck(random, isDark)), length: 7.5 };
  return {
    layers: cyclist(random, {
      ...everydayAttire(random),
      ...(random.chance(0.6) ? { hairStyle: 'helmet' as const } : {}),
    }),
    length: 2,
  };
}

function farPavement(setting: Setting): Placement[] {
  const { plan, random } = setting;
  return strollers(setting, random.integer(0, 4), [plan.farKerb + 0.4, plan.houses - 0.7]);
}

function nearPavement(setting: Setting): Placement[] {
  const { plan, camera, random } = setting;
  return strollers(setting, random.integer(1, 5), [camera.nearest + 0.05, plan.nearKerb - 0.35]);
}

/** People, dogs, balls and parked bicycles, beside one another. */
function strollers(
  { random, camera, atmosphere }: Setting,
  count: number,
  [near, far]: readonly [number, number],
): Placement[] {
  const reach = reachAt(camera, (near + far) / 2);
  const places = Math.max(1, Math.floor((2 * reach) / 1.15));
  const start = random.integer(0, places);
  return Array.from({ length: Math.min(count, places) }, (_, k) => {
    const place = (start + k * Math.max(1, random.integer(1, Math.ceil(places / count)))) % places;
    const aside = -reach + (place + random.between(0.2, 0.8)) * 1.15;
    const distance = random.between(near, far);
    const facing = random.chance(0.5) ? 1 : -1;
    const { layers, size } = stroller(random);
    return stood(camera, atmosphere, layers, aside, distance, facing, size);
  });
}

function stroller(random: SceneRandom): { layers: Layer[]; size: number } {
  const kind = random.next();
  if (kind < 0.62) {
    const isChild = random.chance(0.15);
    const pose = random.pick([standing, walking, walking, walking, running])(random);
    const yaw = random.pick([0, Math.PI / 2, Math.PI / 2, Math.PI]) + random.between(-0.5, 0.5);
    return {
      layers: person(pose, yaw, everydayAttire(random)),
      size: isChild ? random.between(0.65, 0.8) : random.between(0.92, 1.08),
    };
  }
  if (kind < 0.78) return { layers: thing('dog', drawDog(random)), size: random.between(0.95, 1.35) };
  if (kind < 0.9) return { layers: thing('bicycle', drawBicycle(random)), size: 1 };
  return { layers: groundBall(random), size: 1.25 };
}

/** A ball that lies on the ground. */
function groundBall(random: SceneRandom): Layer[] {
  const kind = random.pick(ballKinds.slice(0, 3));
  const radius = ballRadius[kind];
  const grown: Affine = { a: radius, b: 0, c: 0, d: radius, e: 0, f: -radius };
  return thing('ball', movedDrawing(drawBall(kind, random.between(0, 6)), grown));
}

function lights({ random, camera, atmosphere, plan }: Setting): Placement[] {
  const count = random.pick([0, 1, 1, 2]);
  return Array.from({ length: count }, (_, k) => {
    const distance = k === 0 ? plan.nearKerb - 0.25 : plan.farKerb + 0.3;
    const layers: Layer[] = [
      { figure: null, drawing: drawTrafficLightPole() },
      ...thing('traffic light', drawTrafficLight(random)),
    ];
    return stood(camera, atmosphere, layers, random.between(-0.85, 0.85) * reachAt(camera, distance), distance);
  });
}
