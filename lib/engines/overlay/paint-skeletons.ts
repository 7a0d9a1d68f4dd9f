import type { Keypoint } from '@/lib/engines/geometry/shape';
import { classColour } from '@/lib/engines/overlay/class-colour';
import type { Drawable } from '@/lib/engines/overlay/drawable-detections';
import { oklchToRgb } from '@/lib/engines/overlay/oklab';
import type { OverlayView } from '@/lib/engines/overlay/overlay-view';
import type { PaintContext } from '@/lib/engines/overlay/paint-context';
import { type BodySide, isKeypointShown, type Skeleton, skeletonFor } from '@/lib/engines/overlay/skeleton';

/** Disc radius in line widths for a person that fills the view, and the least that is still a disc. */
const MAX_RADIUS = 2;
const MIN_RADIUS = 0.9;
/** Radius as a share of the object's mean side, so that far-away people are not covered by their own joints. */
const RADIUS_SHARE = 0.03;
/** Below this radius a ring would be a smudge. */
const MIN_RINGED_RADIUS = 1.25;
const SHADE = 'rgba(8, 10, 14, 0.55)';
/** Warm is the person's left, cool the right, whatever the class colour is. */
const sideColours: Record<BodySide, string> = {
  left: css(0.78, 0.16, 62),
  right: css(0.76, 0.13, 235),
  centre: css(0.84, 0.16, 150),
};
const bodySides: readonly BodySide[] = ['centre', 'left', 'right'];

type Joint = { readonly x: number; readonly y: number; readonly visibility: number | null; readonly shown: boolean };

/** Draws limbs and keypoints of each detection in the order given. */
export function paintSkeletons(context: PaintContext, drawables: readonly Drawable[], view: OverlayView): void {
  context.lineCap = 'round';
  context.lineJoin = 'round';
  for (const drawable of drawables) {
    const { keypoints } = drawable.detection;
    if (!keypoints) continue;
    context.globalAlpha = drawable.opacity;
    const joints = keypoints.map((keypoint) => toJoint(keypoint, view));
    const skeleton = skeletonFor(joints.length);
    const radius = jointRadius(drawable, view);
    if (skeleton) paintLimbs(context, joints, skeleton, radius);
    joints.forEach((joint, index) => {
      if (!joint.shown) return;
      const side = skeleton?.sides[index];
      paintJoint(context, joint, radius, side ? sideColours[side] : classColour(index).css, view);
      if (!skeleton && radius >= MIN_RINGED_RADIUS * view.lineWidth) paintNumber(context, joint, radius, index, view);
    });
  }
}

/** Radius of a keypoint's disc on the screen, in screen pixels. */
function jointRadius({ screen }: Pick<Drawable, 'screen'>, view: OverlayView): number {
  const meanSide = Math.sqrt(Math.max(0, screen.x2 - screen.x1) * Math.max(0, screen.y2 - screen.y1));
  const inLineWidths = (meanSide * RADIUS_SHARE) / view.lineWidth;
  return Math.min(MAX_RADIUS, Math.max(MIN_RADIUS, inLineWidths)) * view.lineWidth;
}

function paintLimbs(context: PaintContext, joints: readonly Joint[], skeleton: Skeleton, radius: number): void {
  const width = Math.max(1, radius * 0.75);
  context.strokeStyle = SHADE;
  context.lineWidth = width + 2;
  traceLimbs(context, joints, skeleton, null);
  context.lineWidth = width;
  for (const side of bodySides) {
    context.strokeStyle = sideColours[side];
    traceLimbs(context, joints, skeleton, side);
  }
}

function traceLimbs(context: PaintContext, joints: readonly Joint[], skeleton: Skeleton, only: BodySide | null): void {
  context.beginPath();
  for (const [from, to, side] of skeleton.limbs) {
    const start = joints[from];
    const end = joints[to];
    if ((only !== null && side !== only) || !start?.shown || !end?.shown) continue;
    context.moveTo(start.x, start.y);
    context.lineTo(end.x, end.y);
  }
  context.stroke();
}

/** A filled disc in a ring that closes with the confidence: a full circle is certain. */
function paintJoint(context: PaintContext, joint: Joint, radius: number, colour: string, view: OverlayView): void {
  const ringed = joint.visibility !== null && radius >= MIN_RINGED_RADIUS * view.lineWidth;
  const outer = ringed ? radius * 1.75 : radius + 1;
  context.fillStyle = SHADE;
  disc(context, joint, outer);
  context.fillStyle = colour;
  disc(context, joint, radius);
  if (!ringed) return;
  const start = -Math.PI / 2;
  context.strokeStyle = 'white';
  context.lineWidth = radius * 0.4;
  context.lineCap = 'butt';
  context.beginPath();
  context.arc(joint.x, joint.y, radius * 1.42, start, start + 2 * Math.PI * (joint.visibility ?? 0));
  context.stroke();
  context.lineCap = 'round';
}

function paintNumber(context: PaintContext, joint: Joint, radius: number, index: number, view: OverlayView): void {
  const size = Math.round(view.fontSize * 0.85);
  context.font = `500 ${size}px ${view.fontFamily}`;
  context.textAlign = 'left';
  context.textBaseline = 'alphabetic';
  const x = joint.x + radius * 1.75 + 2;
  const y = joint.y + size * 0.36;
  context.fillStyle = SHADE;
  context.fillText(String(index), x + 1, y + 1);
  context.fillStyle = 'white';
  context.fillText(String(index), x, y);
}

function disc(context: PaintContext, { x, y }: Joint, radius: number): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
}

function toJoint(keypoint: Keypoint, { scale, offsetX, offsetY }: OverlayView): Joint {
  return {
    x: keypoint.x * scale + offsetX,
    y: keypoint.y * scale + offsetY,
    visibility: keypoint.visibility,
    shown: isKeypointShown(keypoint),
  };
}

function css(lightness: number, chroma: number, hue: number): string {
  const { r, g, b } = oklchToRgb({ lightness, chroma, hue });
  return `rgb(${r}, ${g}, ${b})`;
}
