import { atmosphereOf } from '@/lib/engines/scenes/atmosphere';
import { type Camera, fallenShadow, standAt } from '@/lib/engines/scenes/camera';
import { type Attire, opposingKits, sportAttire } from '@/lib/engines/scenes/figures/attire';
import { person, thing } from '@/lib/engines/scenes/figures/cast-figures';
import { running } from '@/lib/engines/scenes/figures/poses';
import type { Pose } from '@/lib/engines/scenes/figures/skeleton';
import { placeUpright, type Standing } from '@/lib/engines/scenes/place-upright';
import { sceneRandom } from '@/lib/engines/scenes/random';
import { combined, scaling, translation } from '@/lib/engines/scenes/raster/affine';
import { ballRadius, drawBall } from '@/lib/engines/scenes/sport/draw-ball';
import { footballPitch } from '@/lib/engines/scenes/sport/pitches';
import type { Placement, StageDesign } from '@/lib/engines/scenes/stage';

const striker: Pose = {
  lean: -0.02,
  tilt: -0.1,
  twist: 0.25,
  headTurn: 0.25,
  leftArm: { swing: 0.6, out: 0.75, bend: 0.7 },
  rightArm: { swing: -0.7, out: 0.6, bend: 0.6 },
  leftLeg: { swing: -0.35, out: 0.1, bend: 0.55 },
  rightLeg: { swing: 0.75, out: 0.12, bend: 0.35 },
  lift: 0,
};

const defender: Pose = {
  lean: 0.22,
  tilt: 0.08,
  twist: -0.2,
  headTurn: -0.2,
  leftArm: { swing: -0.75, out: 0.35, bend: 1.2 },
  rightArm: { swing: 0.55, out: 0.35, bend: 1.3 },
  leftLeg: { swing: 0.85, out: 0.06, bend: 1 },
  rightLeg: { swing: -0.45, out: 0.06, bend: 0.35 },
  lift: 0.02,
};

/** Two footballers and the ball between them, two more behind. Seeds of single figures were chosen by eye. */
export const matchScene: StageDesign = (random, size) => {
  const atmosphere = atmosphereOf('day', random);
  const camera: Camera = { ...size, horizon: size.height * 0.26, focal: size.height * 1.75, above: 1.5, nearest: 3.7 };
  const [reds, blues] = opposingKits(sceneRandom(13));
  const put = (pose: Pose, yaw: number, attire: Attire, where: Standing): Placement =>
    placeUpright(camera, atmosphere, person(pose, yaw, attire), where);
  const stood = standAt(camera, 0.12, 3.9);
  const radius = ballRadius.football;
  const onGround = combined(translation(0, -radius), scaling(radius));
  return {
    ...size,
    atmosphere,
    backdrop: [{ drawing: footballPitch(random, camera, atmosphere).backdrop, distance: 6 }],
    placements: [
      put(running(sceneRandom(8)), 0.9, sportAttire(sceneRandom(15), blues), { aside: -4.1, distance: 11.5 }),
      put(running(sceneRandom(3)), -0.9, sportAttire(sceneRandom(16), reds), { aside: 4.2, distance: 10.2 }),
      put(defender, 0.75, sportAttire(sceneRandom(4), reds), { aside: -0.95, distance: 4.1 }),
      put(striker, -0.6, sportAttire(sceneRandom(23), blues), { aside: 1, distance: 4 }),
      {
        layers: thing('ball', drawBall('football', 0.4)),
        to: combined(stood, onGround),
        distance: 3.9,
        shadow: combined(fallenShadow(stood, atmosphere), onGround),
      },
    ],
  };
};
