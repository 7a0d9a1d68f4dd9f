import type { ImagePoint, OrientedBox } from '@/lib/engines/geometry/shape';

/**
 * The four corners in the package's order (`ops.xywhr2xyxyxyxy`): centre + u + v, + u − v, − u − v, − u + v, where u is half
 * the width along the angle and v half the height across it. Image pixels. Unlike geometry's `orientedBoxCorners`, in single
 * precision step by step, because documents carry five decimals and the package computes these in float32.
 */
export function orientedCorners(box: OrientedBox): [ImagePoint, ImagePoint, ImagePoint, ImagePoint] {
  const f = Math.fround;
  const cos = f(Math.cos(f(box.angle)));
  const sin = f(Math.sin(f(box.angle)));
  const halfWidth = f(f(box.width) / 2);
  const halfHeight = f(f(box.height) / 2);
  const ux = f(halfWidth * cos);
  const uy = f(halfWidth * sin);
  const vx = f(-halfHeight * sin);
  const vy = f(halfHeight * cos);
  const cx = f(box.cx);
  const cy = f(box.cy);
  return [
    { x: f(f(cx + ux) + vx), y: f(f(cy + uy) + vy) },
    { x: f(f(cx + ux) - vx), y: f(f(cy + uy) - vy) },
    { x: f(f(cx - ux) - vx), y: f(f(cy - uy) - vy) },
    { x: f(f(cx - ux) + vx), y: f(f(cy - uy) + vy) },
  ];
}
