import { cameraHeight, groundPlan } from '@/lib/engines/scenes/aerial/ground-plan';
import { concrete, grass, water } from '@/lib/engines/scenes/aerial/grounds';
import { drawPlane } from '@/lib/engines/scenes/aerial/plane';
import { drawShip } from '@/lib/engines/scenes/aerial/ship';
import { type Atmosphere, atmosphereOf, randomAtmosphere } from '@/lib/engines/scenes/atmosphere';
import { type Camera, fallenShadow, groundPoint, standAt } from '@/lib/engines/scenes/camera';
import { everydayAttire } from '@/lib/engines/scenes/figures/attire';
import { movedDrawing, person, thing } from '@/lib/engines/scenes/figures/cast-figures';
import { drawDog } from '@/lib/engines/scenes/figures/draw-dog';
import { standing, walking } from '@/lib/engines/scenes/figures/poses';
import type { SceneRandom } from '@/lib/engines/scenes/random';
import { combined, rotation, scaling, translation } from '@/lib/engines/scenes/raster/affine';
import { darker, lighter, rgb } from '@/lib/engines/scenes/raster/colour';
import { rectangle } from '@/lib/engines/scenes/raster/rings';
import { type Drawing, linear, shape } from '@/lib/engines/scenes/raster/shape';
import type { SceneClass } from '@/lib/engines/scenes/scene-classes';
import type { SceneSize } from '@/lib/engines/scenes/scene-size';
import { ballKinds, drawBall } from '@/lib/engines/scenes/sport/draw-ball';
import type { Layer, Placement, Stage, StageDesign } from '@/lib/engines/scenes/stage';
import { drawHouse } from '@/lib/engines/scenes/street/houses';
import { drawTree } from '@/lib/engines/scenes/street/plants';
import { drawSky } from '@/lib/engines/scenes/street/sky';
import { drawTrafficLight, drawTrafficLightPole, lampHeight } from '@/lib/engines/scenes/street/traffic-light';
import { drawBicycle } from '@/lib/engines/scenes/vehicles/bicycle';
import { drawBus } from '@/lib/engines/scenes/vehicles/bus-side';
import { drawCar } from '@/lib/engines/scenes/vehicles/car-side';
import { drawTruck } from '@/lib/engines/scenes/vehicles/truck-side';

/** One object of a class that fills most of the picture. */
export function closeUpStage(className: SceneClass): StageDesign {
  return (random, size) =>
    className === 'plane' || className === 'ship'
      ? fromAbove(random, size, className)
      : upright(random, size, className);
}

type Subject = { readonly layers: readonly Layer[]; readonly foot: number };

function subject(random: SceneRandom, className: SceneClass, { isDark }: Atmosphere): Subject {
  switch (className) {
    case 'bicycle':
      return { layers: thing(className, drawBicycle(random)), foot: 0 };
    case 'bus':
      return { layers: thing(className, drawBus(random, isDark)), foot: 0 };
    case 'car':
      return { layers: thing(className, drawCar(random, isDark)), foot: 0 };
    case 'truck':
      return { layers: thing(className, drawTruck(random, isDark)), foot: 0 };
    case 'dog':
      return { layers: thing(className, drawDog(random)), foot: 0 };
    case 'traffic light':
      return {
        layers: [{ figure: null, drawing: drawTrafficLightPole() }, ...thing(className, drawTrafficLight(random))],
        foot: -lampHeight + 1,
      };
    case 'person':
      return {
        layers: person(random.pick([standing, walking])(random), random.between(-1.6, 1.6), everydayAttire(random)),
        foot: random.pick([0, 0, -0.85]),
      };
    default:
      return {
        layers: thing('ball', movedDrawing(drawBall(random.pick(ballKinds), random.between(0, 6)), translation(0, -1))),
        foot: 0,
      };
  }
}

function upright(random: SceneRandom, size: SceneSize, className: SceneClass): Stage {
  const atmosphere = randomAtmosphere(random);
  const { layers, foot } = subject(random, className, atmosphere);
  const bounds = boundsOf(layers, foot);
  const share = random.between(0.6, 0.88);
  const scale = Math.min(
    (size.width * share) / (bounds.right - bounds.left),
    (size.height * share) / (bounds.bottom - bounds.top),
  );
  const facing = random.chance(0.5) ? 1 : -1;
  const middle = size.width * random.between(0.45, 0.55) - (facing * scale * (bounds.left + bounds.right)) / 2;
  const middleRow = size.height * random.between(0.48, 0.55) - (scale * (bounds.top + bounds.bottom)) / 2;
  const to = combined(translation(middle, middleRow), scaling(scale * facing, scale));
  const horizon = Math.min(size.height * 0.8, middleRow - size.height * random.between(0.06, 0.22));
  const camera: Camera = {
    ...size,
    horizon: Math.max(size.height * 0.3, horizon),
    focal: size.height * 1.2,
    above: 2,
    nearest: 6,
  };
  const ground = random.pick([0x6a6f78, 0xcdc3b4, 0x86b35a, 0xb7a58c].map(rgb));
  const { y } = groundPoint(camera, 0, 60);
  return {
    ...size,
    atmosphere,
    backdrop: [
      { drawing: drawSky(random, atmosphere, size.width, y), distance: 0 },
      {
        drawing: [
          shape(
            rectangle(-2, y, size.width + 4, size.height - y + 2),
            linear(darker(ground, 0.06), lighter(ground, 0.08), 0, y, 0, size.height),
          ),
        ],
        distance: 4,
      },
    ],
    placements: [
      ...surroundings(random, camera, atmosphere),
      { layers, to, distance: 4, shadow: foot === 0 ? fallenShadow(to, atmosphere) : null },
    ],
  };
}

function surroundings(random: SceneRandom, camera: Camera, atmosphere: Atmosphere): Placement[] {
  return Array.from({ length: random.integer(1, 4) }, () => {
    const distance = random.between(16, 34);
    const drawing: Drawing = random.chance(0.5) ? drawTree(random) : drawHouse(random, atmosphere.isDark).drawing;
    const aside = random.between(-0.6, 0.5) * (camera.width / camera.focal) * distance;
    return { layers: [{ figure: null, drawing }], to: standAt(camera, aside, distance), distance, shadow: null };
  });
}

function fromAbove(random: SceneRandom, size: SceneSize, className: 'plane' | 'ship'): Stage {
  const atmosphere = { ...atmosphereOf(random.pick(['day', 'overcast', 'dusk'] as const), random), isDark: false };
  const view = className === 'plane' ? drawPlane(random) : drawShip(random);
  const plan = groundPlan(random, atmosphere, size, [view.length * 1.2, view.length * 1.7]);
  const ground =
    className === 'ship'
      ? water(plan)
      : random.pick([grass(plan), concrete(-plan.reach, -plan.reach, 2 * plan.reach, 2 * plan.reach)]);
  const to = combined(
    plan.toPicture,
    translation(random.between(-0.05, 0.05) * view.length, 0),
    rotation(random.between(0, 2 * Math.PI)),
  );
  const away = translation(0.05 * view.length * plan.scale, 0.05 * view.length * plan.scale);
  return {
    ...size,
    atmosphere,
    backdrop: [{ drawing: movedDrawing(ground, plan.toPicture), distance: cameraHeight }],
    placements: [{ layers: thing(className, view.drawing), to, distance: 4, shadow: combined(away, to) }],
  };
}

/** Bounds of the solid parts of figures above a row. */
function boundsOf(
  layers: readonly Layer[],
  foot: number,
): { left: number; top: number; right: number; bottom: number } {
  let [left, top, right, bottom] = [
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ];
  for (const { figure, drawing } of layers) {
    for (const { role, rings } of drawing) {
      if (figure === null || role !== 'body') continue;
      for (const ring of rings) {
        for (let k = 0; k < ring.length; k += 2) {
          left = Math.min(left, ring[k]);
          right = Math.max(right, ring[k]);
          top = Math.min(top, ring[k + 1]);
          bottom = Math.max(bottom, ring[k + 1]);
        }
      }
    }
  }
  return { left, top, right, bottom: foot < 0 ? Math.min(bottom, foot) : bottom };
}
