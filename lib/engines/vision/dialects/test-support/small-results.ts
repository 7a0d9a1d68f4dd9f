import type { DialectContext } from '@/lib/engines/vision/dialects/dialect';
import type { Detection, DetectionTask, InstanceMask, VisionResult } from '@/lib/engines/vision/vision-result';

const image = { width: 40, height: 20 };

export const smallContext: DialectContext = { imageName: 'bus.jpg', modelName: 'yolo11n' };

/** A mask of 4 × 2 pixels at (10, 5) on a grid of half the image's resolution, with a row of two cells set. */
export const smallMask: InstanceMask = {
  left: 5,
  top: 2,
  width: 2,
  height: 2,
  bits: Uint8Array.of(1, 1, 1, 0),
  grid: { scale: 0.5, offsetX: 0, offsetY: 0 },
  outline: { rings: [Float32Array.of(10, 4, 14, 4, 14, 6, 12, 8, 10, 8)] },
  segment: Float32Array.of(10, 4, 14, 4, 14, 6, 12, 8, 10, 8),
};

const bare: Detection = {
  index: 7,
  classId: 1,
  score: 0.875,
  box: { x1: 10, y1: 4, x2: 14.25, y2: 8 },
  oriented: null,
  mask: null,
  keypoints: null,
};

/** One small result per task, with two detections of the classes `person` and `car`. */
export const smallResults = {
  detect: detections('detect', {}),
  segment: detections('segment', { mask: smallMask }),
  pose: detections('pose', {
    keypoints: [
      { x: 11, y: 5, visibility: 0.75 },
      { x: 13, y: 7, visibility: 0.25 },
    ],
  }),
  obb: detections('obb', { oriented: { cx: 12, cy: 6, width: 4, height: 2, angle: 0 } }),
  classify: {
    task: 'classify',
    image,
    names: ['person', 'car', 'dog', 'cat', 'bus', 'tie'],
    probabilities: Float32Array.of(0.125, 0.5, 0.0625, 0.25, 0.03125, 0.03125),
  },
  semantic: {
    task: 'semantic',
    image: { width: 2, height: 2 },
    names: ['road', 'sky'],
    classMap: Uint8Array.of(1, 1, 0, 1),
  },
  depth: {
    task: 'depth',
    image: { width: 2, height: 1 },
    names: [],
    depth: Float32Array.of(2, 4),
    range: { min: 2, max: 4 },
  },
} as const satisfies Record<VisionResult['task'], VisionResult>;

function detections<T extends DetectionTask>(
  task: T,
  extras: Partial<Detection>,
): Extract<VisionResult, { detections: readonly Detection[] }> & { task: T } {
  const second: Detection = {
    ...bare,
    ...extras,
    index: 3,
    classId: 0,
    score: 0.5,
    box: { x1: 0, y1: 0, x2: 20, y2: 20 },
  };
  return { task, image, names: ['person', 'car'], detections: [{ ...bare, ...extras }, second] };
}
