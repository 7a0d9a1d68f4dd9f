import { reachAt } from '@/lib/engines/scenes/camera';
import { everydayAttire } from '@/lib/engines/scenes/figures/attire';
import { movedDrawing, person, thing } from '@/lib/engines/scenes/figures/cast-figures';
import { drawDog } from '@/lib/engines/scenes/figures/draw-dog';
import { running, standing, walking } from '@/lib/engines/scenes/figures/poses';
import { placeUpright } from '@/lib/engines/scenes/place-upright';
import type { SceneRandom } from '@/lib/engines/scenes/random';
import type { Affine } from '@/lib/engines/scenes/raster/affine';
import { ballKinds, ballRadius, drawBall } from '@/lib/engines/scenes/sport/draw-ball';
import type { Layer, Placement } from '@/lib/engines/scenes/stage';
import type { StreetSetting } from '@/lib/engines/scenes/street/street-setting';
import { drawBicycle } from '@/lib/engines/scenes/vehicles/bicycle';

/** People, dogs, balls and parked bicycles, beside one another. */
export function strollers(
  { random, camera, atmosphere }: StreetSetting,
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
    return placeUpright(camera, atmosphere, layers, { aside, distance, facing, size });
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
