import { type Atmosphere, atmosphereOf } from '@/lib/engines/scenes/atmosphere';
import { type Camera, fallenShadow, groundPoint, randomCamera, reachAt, standAt } from '@/lib/engines/scenes/camera';
import { type Kit, opposingKits, sportAttire } from '@/lib/engines/scenes/figures/attire';
import { person, thing } from '@/lib/engines/scenes/figures/cast-figures';
import { crouching, jumping, kicking, running, standing } from '@/lib/engines/scenes/figures/poses';
import type { Pose } from '@/lib/engines/scenes/figures/skeleton';
import type { SceneRandom } from '@/lib/engines/scenes/random';
import { combined, scaling, translation } from '@/lib/engines/scenes/raster/affine';
import { rgb } from '@/lib/engines/scenes/raster/colour';
import { capsule, rectangle } from '@/lib/engines/scenes/raster/rings';
import { type Drawing, effect, shape } from '@/lib/engines/scenes/raster/shape';
import type { SceneSize } from '@/lib/engines/scenes/scene-size';
import { type BallKind, ballRadius, drawBall } from '@/lib/engines/scenes/sport/draw-ball';
import {
  basketballCourt,
  beach,
  farEnd,
  footballPitch,
  tennisCourt,
  type Venue,
} from '@/lib/engines/scenes/sport/pitches';
import type { Placement, Stage } from '@/lib/engines/scenes/stage';

type Game = {
  readonly ball: BallKind;
  readonly venue: (random: SceneRandom, camera: Camera, atmosphere: Atmosphere) => Venue;
  readonly moves: readonly ((random: SceneRandom) => Pose)[];
  /** Drawn at the far end, metres about its middle. */
  readonly gear: () => Drawing;
};

const games: readonly Game[] = [
  {
    ball: 'football',
    venue: footballPitch,
    moves: [running, running, kicking, kicking, jumping, standing],
    gear: drawGoal,
  },
  {
    ball: 'basketball',
    venue: basketballCourt,
    moves: [jumping, jumping, running, crouching, standing],
    gear: drawBasket,
  },
  { ball: 'volleyball', venue: beach, moves: [jumping, crouching, crouching, standing, running], gear: drawNet },
  { ball: 'tennis', venue: tennisCourt, moves: [running, crouching, jumping, standing], gear: drawNet },
];

/** A game: players of two teams about a ball, on a pitch, a court or a beach. */
export function sportStage(random: SceneRandom, size: SceneSize): Stage {
  const game = random.pick(games);
  const camera = randomCamera(random, size, { horizon: [0.22, 0.4], focal: [1.1, 1.7], above: [1.5, 2.7] });
  const outside = atmosphereOf(random.pick(['day', 'day', 'day', 'overcast', 'dusk', 'night'] as const), random);
  const { backdrop, isIndoor } = game.venue(random, camera, outside);
  const atmosphere = isIndoor
    ? ({ ...atmosphereOf('overcast', random), light: [1, 0.97, 0.92], hazePerMetre: 0.004 } as const)
    : underFloodlights(outside);
  return {
    ...size,
    atmosphere,
    backdrop: [{ drawing: backdrop, distance: 6 }],
    placements: [
      ...gear(random, camera, atmosphere, game),
      ...players(random, camera, atmosphere, game),
      ...balls(random, camera, atmosphere, game),
    ],
  };
}

/** Nobody plays in the dark. */
function underFloodlights(outside: Atmosphere): Atmosphere {
  return outside.kind === 'night'
    ? { ...outside, light: [0.86, 0.88, 0.96], hazePerMetre: 0.004 }
    : { ...outside, hazePerMetre: Math.min(outside.hazePerMetre, 0.008) };
}

function players(random: SceneRandom, camera: Camera, atmosphere: Atmosphere, { moves }: Game): Placement[] {
  const kits = opposingKits(random);
  const count = random.integer(2, 6);
  const taken: number[] = [];
  return Array.from({ length: count }).flatMap((_, k) => {
    const distance =
      k === 0
        ? camera.nearest + random.between(0.2, 1)
        : camera.nearest + random.between(0.2, 11) * random.next() + 0.3;
    const aside = random.between(-0.85, 0.85) * reachAt(camera, distance);
    const { x } = groundPoint(camera, aside, distance);
    // Two in one line of sight would hide each other.
    if (taken.some((other) => Math.abs(other - x) < camera.width * 0.09)) return [];
    taken.push(x);
    return [
      player(random, camera, atmosphere, { kit: kits[k % 2], pose: random.pick(moves)(random), aside, distance }),
    ];
  });
}

type Player = { readonly kit: Kit; readonly pose: Pose; readonly aside: number; readonly distance: number };

function player(
  random: SceneRandom,
  camera: Camera,
  atmosphere: Atmosphere,
  { kit, pose, aside, distance }: Player,
): Placement {
  const to = standAt(camera, aside, distance, 1, random.between(0.95, 1.08));
  const yaw = random.pick([0, Math.PI / 2, -Math.PI / 2, Math.PI, 0.7, -0.7]) + random.between(-0.5, 0.5);
  return { layers: person(pose, yaw, sportAttire(random, kit)), to, distance, shadow: fallenShadow(to, atmosphere) };
}

function balls(random: SceneRandom, camera: Camera, atmosphere: Atmosphere, { ball }: Game): Placement[] {
  const count = random.pick([1, 1, 1, 2]);
  return Array.from({ length: count }, () => {
    const distance = camera.nearest + random.between(0.1, 4);
    const up = random.chance(0.5) ? 0 : random.between(0.3, 2.2);
    const stood = standAt(camera, random.between(-0.8, 0.8) * reachAt(camera, distance), distance, 1, 1.15);
    const radius = ballRadius[ball];
    const to = combined(stood, translation(0, -radius - up), scaling(radius));
    const shadow = combined(fallenShadow(stood, atmosphere), translation(0, -radius - up), scaling(radius));
    return { layers: thing('ball', drawBall(ball, random.between(0, 6))), to, distance, shadow };
  });
}

function gear(random: SceneRandom, camera: Camera, atmosphere: Atmosphere, game: Game): Placement[] {
  if (random.chance(0.25)) return [];
  const distance = game.ball === 'football' ? farEnd - 3 : farEnd * random.between(0.4, 0.6);
  const to = standAt(camera, random.between(-0.4, 0.4) * reachAt(camera, distance), distance);
  return [{ layers: [{ figure: null, drawing: game.gear() }], to, distance, shadow: fallenShadow(to, atmosphere) }];
}

function drawGoal(): Drawing {
  const mesh = [
    ...Array.from({ length: 15 }, (_, k) => rectangle(-3.6 + k * 0.5, -2.4, 0.03, 2.4)),
    ...Array.from({ length: 5 }, (_, k) => rectangle(-3.6, -2.4 + k * 0.5, 7.2, 0.03)),
  ];
  const posts = [
    capsule(-3.66, -2.44, 0.08, -3.66, 0),
    capsule(3.66, -2.44, 0.08, 3.66, 0),
    capsule(-3.66, -2.44, 0.08, 3.66, -2.44),
  ];
  return [effect(mesh, rgb(0xffffff), 0.5), shape(posts, rgb(0xf6f6f2))];
}

function drawBasket(): Drawing {
  const net = [-0.2, -0.1, 0, 0.1, 0.2].map((x) => capsule(x, -3.02, 0.012, x * 0.6, -2.6));
  return [
    shape(rectangle(-0.09, -3.6, 0.18, 3.6), rgb(0x3c424d)),
    shape(rectangle(-0.92, -4.0, 1.84, 1.1), rgb(0xf3f5f6)),
    effect(
      [
        rectangle(-0.3, -3.55, 0.6, 0.05),
        rectangle(-0.3, -3.1, 0.6, 0.05),
        rectangle(-0.3, -3.55, 0.05, 0.5),
        rectangle(0.25, -3.55, 0.05, 0.5),
      ],
      rgb(0xd8382f),
      0.9,
    ),
    shape(capsule(-0.23, -3.05, 0.03, 0.23, -3.05), rgb(0xe8613c)),
    effect(net, rgb(0xffffff), 0.8),
  ];
}

function drawNet(): Drawing {
  const mesh = [
    ...Array.from({ length: 42 }, (_, k) => rectangle(-5 + k * 0.24, -2.2, 0.02, 0.9)),
    ...Array.from({ length: 4 }, (_, k) => rectangle(-5, -2.15 + k * 0.26, 10, 0.02)),
  ];
  return [
    effect(mesh, rgb(0x2b2d36), 0.45),
    shape([rectangle(-5, -2.28, 10, 0.11)], rgb(0xf6f6f2)),
    shape([capsule(-5, -2.35, 0.06, -5, 0), capsule(5, -2.35, 0.06, 5, 0)], rgb(0x5b616b)),
  ];
}
