import { atmosphereOf } from '@/lib/engines/scenes/atmosphere';
import type { Camera } from '@/lib/engines/scenes/camera';
import { everydayAttire } from '@/lib/engines/scenes/figures/attire';
import { person, thing } from '@/lib/engines/scenes/figures/cast-figures';
import { drawDog } from '@/lib/engines/scenes/figures/draw-dog';
import { standing, walking } from '@/lib/engines/scenes/figures/poses';
import { placeUpright, type Standing } from '@/lib/engines/scenes/place-upright';
import { sceneRandom } from '@/lib/engines/scenes/random';
import type { Layer, StageDesign } from '@/lib/engines/scenes/stage';
import { drawTree } from '@/lib/engines/scenes/street/plants';
import { houseRow, type StreetSetting, streetBackdrop } from '@/lib/engines/scenes/street/street-setting';
import { drawTrafficLight, drawTrafficLightPole } from '@/lib/engines/scenes/street/traffic-light';
import { drawBus } from '@/lib/engines/scenes/vehicles/bus-side';
import { drawCar } from '@/lib/engines/scenes/vehicles/car-side';

/** A red bus of the short kind. */
const busSeed = 13;

/** A bus that waits while people go by, upright. Seeds of single figures were chosen by eye. */
export const busScene: StageDesign = (random, size) => {
  const atmosphere = atmosphereOf('day', random);
  const camera: Camera = {
    ...size,
    horizon: size.height * 0.43,
    focal: size.height * 0.95,
    above: 2.5,
    nearest: 4.3,
  };
  const plan = { nearKerb: 9.1, middle: 13.2, farKerb: 16.4, houses: 19.4 };
  const setting: StreetSetting = { random, camera, atmosphere, plan };
  const put = (layers: readonly Layer[], where: Standing) => placeUpright(camera, atmosphere, layers, where);
  const walker = (seed: number, pose: typeof walking, yaw: number, where: Standing) => {
    const choices = sceneRandom(seed);
    return put(person(pose(choices), yaw, everydayAttire(choices)), where);
  };
  const light: Layer[] = [
    { figure: null, drawing: drawTrafficLightPole() },
    ...thing('traffic light', drawTrafficLight(sceneRandom(5))),
  ];
  return {
    ...size,
    atmosphere,
    backdrop: streetBackdrop(setting),
    placements: [
      ...houseRow(setting),
      put([{ figure: null, drawing: drawTree(sceneRandom(3)) }], { aside: 6.2, distance: 18 }),
      put(thing('car', drawCar(sceneRandom(21), false)), { aside: -4.6, distance: 15, facing: -1 }),
      put(thing('bus', drawBus(sceneRandom(busSeed), false)), { aside: -0.1, distance: 11.6 }),
      put(light, { aside: 2.9, distance: 8.6 }),
      walker(31, walking, 1.25, { aside: -1.55, distance: 5.35 }),
      put(thing('dog', drawDog(sceneRandom(6))), { aside: -0.62, distance: 5.2, size: 1.1 }),
      walker(44, standing, 0.35, { aside: 1.5, distance: 5.6 }),
      walker(27, walking, -1.2, { aside: 0.45, distance: 7.2 }),
      walker(52, walking, 1.9, { aside: -0.8, distance: 8 }),
    ],
  };
};
