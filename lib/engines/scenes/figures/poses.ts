import type { ArmPose, LegPose, Pose } from '@/lib/engines/scenes/figures/skeleton';
import type { SceneRandom } from '@/lib/engines/scenes/random';

const relaxedArm: ArmPose = { swing: 0.05, out: 0.14, bend: 0.2, reach: 0.06 };
const straightLeg: LegPose = { swing: 0, out: 0.05, bend: 0.03 };

const upright: Pose = {
  lean: 0.02,
  tilt: 0,
  twist: 0,
  headTurn: 0,
  leftArm: relaxedArm,
  rightArm: relaxedArm,
  leftLeg: straightLeg,
  rightLeg: straightLeg,
  lift: 0,
};

/** Waiting, perhaps with a phone, a bag or a wave. */
export function standing(random: SceneRandom): Pose {
  const arm = (): ArmPose =>
    random.pick([
      relaxedArm,
      { swing: random.between(-0.15, 0.3), out: random.between(0.1, 0.3), bend: random.between(0.1, 0.7), reach: 0 },
      { swing: 0.35, out: 0.2, bend: 1.7, reach: -0.25 },
      { swing: -0.25, out: 0.65, bend: 0.9, reach: -0.75 },
      random.chance(0.35) ? { swing: 0.2, out: 2.3, bend: 0.2, reach: 2.8 } : relaxedArm,
    ]);
  const stance = random.between(0.03, 0.17);
  return {
    ...upright,
    lean: random.between(-0.03, 0.06),
    tilt: random.between(-0.05, 0.05),
    twist: random.between(-0.15, 0.15),
    headTurn: random.between(-0.6, 0.6),
    leftArm: arm(),
    rightArm: arm(),
    leftLeg: { swing: random.between(-0.08, 0.12), out: stance, bend: random.between(0, 0.15) },
    rightLeg: { swing: random.between(-0.08, 0.12), out: stance, bend: random.between(0, 0.15) },
  };
}

/** One moment of a step; `share` of the arms' swing, for those who carry something. */
export function walking(random: SceneRandom): Pose {
  const phase = random.between(0, 2 * Math.PI);
  const stride = random.between(0.3, 0.5);
  const swing = Math.sin(phase) * stride;
  const lifted = Math.cos(phase);
  return {
    ...upright,
    lean: random.between(0.02, 0.1),
    twist: -swing * 0.3,
    headTurn: random.between(-0.4, 0.4),
    leftArm: { swing: -swing * 1.1, out: 0.12, bend: random.between(0.15, 0.5) },
    rightArm: { swing: swing * 1.1, out: 0.12, bend: random.between(0.15, 0.5) },
    leftLeg: { swing, out: 0.03, bend: 0.08 + Math.max(0, lifted) * 0.8 },
    rightLeg: { swing: -swing, out: 0.03, bend: 0.08 + Math.max(0, -lifted) * 0.8 },
  };
}

export function running(random: SceneRandom): Pose {
  const phase = random.between(0, 2 * Math.PI);
  const swing = Math.sin(phase) * random.between(0.7, 1);
  const lifted = Math.cos(phase);
  const elbow = random.between(1.1, 1.7);
  return {
    ...upright,
    lean: random.between(0.12, 0.32),
    twist: -swing * 0.35,
    headTurn: random.between(-0.3, 0.3),
    leftArm: { swing: -swing * 1.2 - 0.2, out: 0.2, bend: elbow, reach: 0 },
    rightArm: { swing: swing * 1.2 - 0.2, out: 0.2, bend: elbow, reach: 0 },
    leftLeg: { swing: swing + 0.15, out: 0.04, bend: 0.25 + Math.max(0, lifted) * 1.4 },
    rightLeg: { swing: -swing + 0.15, out: 0.04, bend: 0.25 + Math.max(0, -lifted) * 1.4 },
    lift: random.between(0, 0.06),
  };
}

export function kicking(random: SceneRandom): Pose {
  const reach = random.between(0.7, 1.35);
  const kick: LegPose = { swing: reach, out: random.between(0, 0.25), bend: random.between(0.1, 0.5) };
  const stand: LegPose = { swing: -0.1, out: 0.08, bend: random.between(0.15, 0.4) };
  const isLeft = random.chance(0.5);
  return {
    ...upright,
    lean: random.between(-0.3, 0.05),
    tilt: random.between(-0.15, 0.15),
    headTurn: random.between(-0.2, 0.2),
    leftArm: { swing: isLeft ? -0.5 : 0.7, out: random.between(0.6, 1.2), bend: random.between(0.2, 0.7) },
    rightArm: { swing: isLeft ? 0.7 : -0.5, out: random.between(0.6, 1.2), bend: random.between(0.2, 0.7) },
    leftLeg: isLeft ? kick : stand,
    rightLeg: isLeft ? stand : kick,
  };
}

/** In the air, arms up: a header, a jump shot or a cheer. */
export function jumping(random: SceneRandom): Pose {
  const raise = random.between(2, 2.9);
  return {
    ...upright,
    lean: random.between(-0.1, 0.15),
    tilt: random.between(-0.12, 0.12),
    headTurn: random.between(-0.3, 0.3),
    leftArm: { swing: 0.2, out: raise, bend: random.between(0, 0.5), reach: raise + random.between(-0.4, 0.4) },
    rightArm: random.chance(0.6)
      ? { swing: 0.2, out: raise, bend: 0.2, reach: raise + random.between(-0.4, 0.4) }
      : { swing: -0.3, out: 0.6, bend: 0.7 },
    leftLeg: { swing: random.between(-0.1, 0.6), out: 0.12, bend: random.between(0.3, 1.3) },
    rightLeg: { swing: random.between(-0.4, 0.2), out: 0.12, bend: random.between(0.3, 1.3) },
    lift: random.between(0.15, 0.5),
  };
}

/** Ready to move: knees bent, hands before the body. */
export function crouching(random: SceneRandom): Pose {
  const depth = random.between(0.5, 0.95);
  return {
    ...upright,
    lean: random.between(0.3, 0.6),
    headTurn: random.between(-0.4, 0.4),
    leftArm: {
      swing: random.between(0.2, 0.7),
      out: random.between(0.3, 0.9),
      bend: random.between(0.5, 1.1),
      reach: 0.3,
    },
    rightArm: {
      swing: random.between(0.2, 0.7),
      out: random.between(0.3, 0.9),
      bend: random.between(0.5, 1.1),
      reach: 0.3,
    },
    leftLeg: { swing: depth, out: 0.3, bend: depth * 1.75 },
    rightLeg: { swing: depth, out: 0.3, bend: depth * 1.75 },
  };
}

/** On a bicycle: hands on the bar, feet on pedals that have turned by `crank`. */
export function cycling(crank: number): Pose {
  const leg = (angle: number): LegPose => {
    const rise = (1 + Math.sin(angle)) / 2;
    return { swing: 0.62 + 0.6 * rise, out: 0.03, bend: 0.75 + 0.85 * rise };
  };
  const arm: ArmPose = { swing: 0.85, out: 0.12, bend: 0.3, reach: 0.05 };
  return {
    ...upright,
    lean: 0.42,
    leftArm: arm,
    rightArm: arm,
    leftLeg: leg(crank),
    rightLeg: leg(crank + Math.PI),
    headTurn: 0,
  };
}
