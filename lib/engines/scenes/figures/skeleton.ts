/** Metres from the point on the ground below the pelvis: x to the person's left, y up, z forward. */
export type Vector = readonly [number, number, number];

/** Angles in radians. */
export type ArmPose = {
  /** Of the upper arm, forward. */
  readonly swing: number;
  /** Of the upper arm, away from the body. */
  readonly out: number;
  /** Of the elbow: the forearm turns forward. */
  readonly bend: number;
  /** Of the forearm, away from the body; as the upper arm where it is left out. */
  readonly reach?: number;
};

export type LegPose = { readonly swing: number; readonly out: number; readonly bend: number };

/** How a figure holds itself: angles in radians, sides are the person's own. */
export type Pose = {
  /** Of the trunk, forward. */
  readonly lean: number;
  /** Of the trunk, to the person's left. */
  readonly tilt: number;
  /** Of the shoulders against the hips, to the left. */
  readonly twist: number;
  readonly headTurn: number;
  readonly leftArm: ArmPose;
  readonly rightArm: ArmPose;
  readonly leftLeg: LegPose;
  readonly rightLeg: LegPose;
  /** Metres between the lower foot and the ground. */
  readonly lift: number;
};

/** Metres, of a person of 1.75 m. */
export const build = {
  hipWidth: 0.1,
  spine: 0.52,
  shoulderWidth: 0.185,
  upperArm: 0.29,
  forearm: 0.26,
  hand: 0.09,
  thigh: 0.43,
  shin: 0.42,
  foot: 0.2,
  neck: 0.1,
  head: 0.125,
} as const;

type Side = 'left' | 'right';

export type Limb = { readonly start: Vector; readonly middle: Vector; readonly end: Vector; readonly tip: Vector };

/** Joints in the viewer's frame: x to the right, y up, z towards the viewer. */
export type Skeleton = {
  readonly pelvis: Vector;
  readonly chest: Vector;
  readonly head: Vector;
  /** Horizontal angle of the shoulders and of the face against the viewer; 0 faces them, π/2 looks to their right. */
  readonly shoulderYaw: number;
  readonly hipYaw: number;
  readonly faceYaw: number;
  readonly arms: Readonly<Record<Side, Limb>>;
  readonly legs: Readonly<Record<Side, Limb>>;
};

/** The joints of a pose, of a figure that is turned by `yaw` against the viewer and stands on y = 0. */
export function skeletonOf(pose: Pose, yaw: number): Skeleton {
  const up: Vector = unit([Math.sin(pose.tilt), Math.cos(pose.lean) * Math.cos(pose.tilt), Math.sin(pose.lean)]);
  const pelvis: Vector = [0, 0, 0];
  const chest = along(pelvis, up, build.spine - 0.05);
  const neck = along(pelvis, up, build.spine);
  const headUp = unit([up[0] * 0.6, up[1], up[2] * 0.6]);
  const head = along(neck, headUp, build.neck + build.head * 0.75);
  const arm = (side: 1 | -1, { swing, out, bend, reach = out }: ArmPose): Limb => {
    const start = along(chest, turned([side, 0, 0], pose.twist), build.shoulderWidth);
    const upper = turned(hanging(swing + pose.lean * 0.3, out, side), pose.twist);
    const middle = along(start, upper, build.upperArm);
    const lower = turned(hanging(swing + pose.lean * 0.3 + bend, reach, side), pose.twist);
    const end = along(middle, lower, build.forearm);
    return { start, middle, end, tip: along(end, lower, build.hand) };
  };
  const leg = (side: 1 | -1, { swing, out, bend }: LegPose): Limb => {
    const start: Vector = [side * build.hipWidth, 0, 0];
    const middle = along(start, hanging(swing, out, side), build.thigh);
    const end = along(middle, hanging(swing - bend, out * 0.6, side), build.shin);
    // Feet stay level until the shin leans far.
    const pitch = Math.PI / 2 + (swing - bend) * 0.45;
    return { start, middle, end, tip: along(end, hanging(pitch, 0.12, side), build.foot) };
  };
  const legs = { left: leg(1, pose.leftLeg), right: leg(-1, pose.rightLeg) };
  const lowest = Math.min(...[legs.left, legs.right].flatMap(({ end, tip }) => [end[1] - 0.07, tip[1] - 0.04]));
  const seen = (point: Vector): Vector => turned([point[0], point[1] - lowest + pose.lift, point[2]], yaw);
  const seenLimb = ({ start, middle, end, tip }: Limb): Limb => ({
    start: seen(start),
    middle: seen(middle),
    end: seen(end),
    tip: seen(tip),
  });
  return {
    pelvis: seen(pelvis),
    chest: seen(neck),
    head: seen(head),
    shoulderYaw: yaw + pose.twist,
    hipYaw: yaw,
    faceYaw: yaw + pose.headTurn,
    arms: { left: seenLimb(arm(1, pose.leftArm)), right: seenLimb(arm(-1, pose.rightArm)) },
    legs: { left: seenLimb(legs.left), right: seenLimb(legs.right) },
  };
}

/** The direction of a hanging limb that was swung forward and outward. */
function hanging(swing: number, out: number, side: 1 | -1): Vector {
  return [side * Math.sin(out), -Math.cos(out) * Math.cos(swing), Math.cos(out) * Math.sin(swing)];
}

/** About the vertical: what points forward (z) turns to the viewer's right (x). */
function turned([x, y, z]: Vector, angle: number): Vector {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  return [x * cos + z * sin, y, z * cos - x * sin];
}

function along(from: Vector, direction: Vector, distance: number): Vector {
  return [from[0] + direction[0] * distance, from[1] + direction[1] * distance, from[2] + direction[2] * distance];
}

function unit([x, y, z]: Vector): Vector {
  const length = Math.hypot(x, y, z);
  return [x / length, y / length, z / length];
}
