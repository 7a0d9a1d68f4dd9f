import type { Attire } from '@/lib/engines/scenes/figures/attire';
import { drawPerson } from '@/lib/engines/scenes/figures/draw-person';
import { cycling } from '@/lib/engines/scenes/figures/poses';
import type { Pose } from '@/lib/engines/scenes/figures/skeleton';
import type { SceneRandom } from '@/lib/engines/scenes/random';
import { type Affine, moved, translation } from '@/lib/engines/scenes/raster/affine';
import type { Drawing, Paint } from '@/lib/engines/scenes/raster/shape';
import type { SceneClass } from '@/lib/engines/scenes/scene-classes';
import type { Layer } from '@/lib/engines/scenes/stage';
import { drawBicycle, saddle } from '@/lib/engines/scenes/vehicles/bicycle';

/** A thing of a class, without keypoints. */
export function thing(className: SceneClass, drawing: Drawing): Layer[] {
  return [{ figure: { className, keypoints: null }, drawing }];
}

export function person(pose: Pose, yaw: number, attire: Attire): Layer[] {
  const { behind, before, keypoints } = drawPerson(pose, yaw, attire);
  return [{ figure: { className: 'person', keypoints }, drawing: [...behind, ...before] }];
}

/** Someone on a bicycle that rides to the right: the far leg behind the frame, all else before it. */
export function cyclist(random: SceneRandom, attire: Attire): Layer[] {
  const { behind, before, keypoints } = drawPerson(cycling(random.between(0, 2 * Math.PI)), Math.PI / 2 - 0.12, {
    ...attire,
    bag: null,
  });
  // The pelvis rests on the saddle, wherever the legs end.
  const hip = { x: (keypoints[11].x + keypoints[12].x) / 2, y: (keypoints[11].y + keypoints[12].y) / 2 };
  const lift = translation(saddle.x - hip.x, saddle.y - 0.06 - hip.y);
  const rider = {
    className: 'person',
    keypoints: keypoints.map(({ x, y, isSeen }) => ({ x: x + lift.e, y: y + lift.f, isSeen })),
  } as const;
  return [
    { figure: rider, drawing: movedDrawing(behind, lift) },
    ...thing('bicycle', drawBicycle(random)),
    { figure: rider, drawing: movedDrawing(before, lift) },
  ];
}

/** A drawing put elsewhere within another; only what keeps angles and proportions, as gradients follow by their points. */
export function movedDrawing(drawing: Drawing, by: Affine): Drawing {
  return drawing.map((part) => ({
    ...part,
    rings: part.rings.map((ring) => moved(ring, by)),
    paint: movedPaint(part.paint, by),
  }));
}

function movedPaint(paint: Paint, by: Affine): Paint {
  const scale = Math.hypot(by.a, by.b);
  const at = (x: number, y: number): [number, number] => [by.a * x + by.c * y + by.e, by.b * x + by.d * y + by.f];
  switch (paint.kind) {
    case 'solid':
      return paint;
    case 'linear': {
      const [x1, y1, x2, y2] = paint.axis;
      return { ...paint, axis: [...at(x1, y1), ...at(x2, y2)] };
    }
    case 'radial': {
      const [cx, cy, radius] = paint.circle;
      return { ...paint, circle: [...at(cx, cy), radius * scale] };
    }
  }
}
