import { randomAtmosphere } from '@/lib/engines/scenes/atmosphere';
import { randomCamera, reachAt } from '@/lib/engines/scenes/camera';
import { everydayAttire } from '@/lib/engines/scenes/figures/attire';
import { cyclist, thing } from '@/lib/engines/scenes/figures/cast-figures';
import { placeUpright } from '@/lib/engines/scenes/place-upright';
import type { SceneRandom } from '@/lib/engines/scenes/random';
import type { SceneSize } from '@/lib/engines/scenes/scene-size';
import type { Layer, Placement, Stage } from '@/lib/engines/scenes/stage';
import { streetPlan } from '@/lib/engines/scenes/street/road';
import { greenery, houseRow, type StreetSetting, streetBackdrop } from '@/lib/engines/scenes/street/street-setting';
import { strollers } from '@/lib/engines/scenes/street/strollers';
import { drawTrafficLight, drawTrafficLightPole } from '@/lib/engines/scenes/street/traffic-light';
import { drawBus } from '@/lib/engines/scenes/vehicles/bus-side';
import { drawCar } from '@/lib/engines/scenes/vehicles/car-side';
import { drawTruck } from '@/lib/engines/scenes/vehicles/truck-side';

/** A street seen from its other side: houses, two lanes, two pavements and who is about. */
export function streetStage(random: SceneRandom, size: SceneSize): Stage {
  const atmosphere = randomAtmosphere(random);
  const camera = randomCamera(random, size, { horizon: [0.3, 0.46], focal: [1, 1.5], above: [1.9, 3.6] });
  const plan = streetPlan(camera, random);
  const setting: StreetSetting = { random, camera, atmosphere, plan };
  return {
    ...size,
    atmosphere,
    backdrop: streetBackdrop(setting),
    placements: [
      ...houseRow(setting),
      ...greenery(setting),
      ...farPavement(setting),
      ...lane(setting, (plan.middle + plan.farKerb) / 2, -1),
      ...lane(setting, (plan.middle + plan.nearKerb) / 2, 1),
      ...lights(setting),
      ...nearPavement(setting),
    ],
  };
}

function lane({ random, camera, atmosphere }: StreetSetting, distance: number, facing: 1 | -1): Placement[] {
  const reach = reachAt(camera, distance);
  const placements: Placement[] = [];
  for (let x = -reach + random.between(-3, 5); x < reach + 1; ) {
    const { layers, length } = vehicle(random, atmosphere.isDark);
    const place = { aside: x + length / 2, distance: distance + random.between(-0.3, 0.3), facing };
    placements.push(placeUpright(camera, atmosphere, layers, place));
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

function farPavement(setting: StreetSetting): Placement[] {
  const { plan, random } = setting;
  return strollers(setting, random.integer(0, 4), [plan.farKerb + 0.4, plan.houses - 0.7]);
}

function nearPavement(setting: StreetSetting): Placement[] {
  const { plan, camera, random } = setting;
  return strollers(setting, random.integer(1, 5), [camera.nearest + 0.05, plan.nearKerb - 0.35]);
}

function lights({ random, camera, atmosphere, plan }: StreetSetting): Placement[] {
  const count = random.pick([0, 1, 1, 2]);
  return Array.from({ length: count }, (_, k) => {
    const distance = k === 0 ? plan.nearKerb - 0.25 : plan.farKerb + 0.3;
    const layers: Layer[] = [
      { figure: null, drawing: drawTrafficLightPole() },
      ...thing('traffic light', drawTrafficLight(random)),
    ];
    const aside = random.between(-0.85, 0.85) * reachAt(camera, distance);
    return placeUpright(camera, atmosphere, layers, { aside, distance });
  });
}
