import { createCanvas } from '@napi-rs/canvas';
import type { Box } from '@/lib/engines/geometry/shape';
import { annotatedView } from '@/lib/engines/overlay/annotated-view';
import type { OverlayView } from '@/lib/engines/overlay/overlay-view';
import type { PaintAssets } from '@/lib/engines/overlay/paint-context';
import { paintOverlay } from '@/lib/engines/overlay/paint-overlay';
import type { Detection, DetectionTask, InstanceMask, VisionResult } from '@/lib/engines/vision/vision-result';

/** A 200 × 150 image in which every test places its own detections. */
export const image = { width: 200, height: 150 };

const nodeAssets: PaintAssets = {
  createCanvas(width, height) {
    const canvas = createCanvas(width, height);
    return { bitmap: canvas, context: canvas.getContext('2d') };
  },
};

export function view(changes: Partial<OverlayView> = {}): OverlayView {
  return { ...annotatedView(image), ...changes };
}

export function detection(index: number, box: Box, changes: Partial<Detection> = {}): Detection {
  return { index, classId: 0, score: 0.9, box, oriented: null, mask: null, keypoints: null, ...changes };
}

export function detections(task: DetectionTask, ...list: Detection[]): VisionResult {
  return { task, image, names: ['person', 'bus'], detections: list };
}

/** A mask of one filled rectangle, given in image pixels; its grid is the image itself. */
export function rectangleMask({ x1, y1, x2, y2 }: Box): InstanceMask {
  const ring = Float32Array.of(x1, y1, x2 - 1, y1, x2 - 1, y2 - 1, x1, y2 - 1);
  return {
    left: x1,
    top: y1,
    width: x2 - x1,
    height: y2 - y1,
    bits: new Uint8Array((x2 - x1) * (y2 - y1)).fill(1),
    grid: { scale: 1, offsetX: 0, offsetY: 0 },
    outline: { rings: [ring] },
    segment: ring,
  };
}

export type Pixel = readonly [red: number, green: number, blue: number, alpha: number];

/** Paints on a black canvas of the view's size and gives back a reader of its pixels. */
export function paintOnBlack(result: VisionResult, overlay: OverlayView): (x: number, y: number) => Pixel {
  const canvas = createCanvas(overlay.viewportWidth, overlay.viewportHeight);
  const context = canvas.getContext('2d');
  context.fillStyle = 'black';
  context.fillRect(0, 0, canvas.width, canvas.height);
  paintOverlay(context, result, overlay, nodeAssets);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  return (x, y) => {
    const at = (y * canvas.width + x) * 4;
    const [red = -1, green = -1, blue = -1, alpha = -1] = data.slice(at, at + 4);
    return [red, green, blue, alpha];
  };
}
