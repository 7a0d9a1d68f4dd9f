import { Fault } from '@/lib/core/fault';
import { className } from '@/lib/engines/vision/dialects/class-names';
import type { JsonValue } from '@/lib/engines/vision/dialects/dialect';
import { orientedCorners } from '@/lib/engines/vision/dialects/oriented-corners';
import { defaultDecimals } from '@/lib/engines/vision/dialects/prediction-rows';
import { roundDecimals } from '@/lib/engines/vision/dialects/rounding';
import { type MaskRaster, rasterArea, rasterMask, runLengths } from '@/lib/engines/vision/exports/mask-raster';
import type { ResultItem } from '@/lib/engines/vision/exports/result-item';
import type { Detection, VisionResult } from '@/lib/engines/vision/vision-result';

type JsonObject = { readonly [key: string]: JsonValue };
type AnnotationBody = { readonly classId: number; readonly body: JsonObject };

/** Keypoints that the model is at least this sure of are written as visible (2), others as labelled but hidden (1). */
const visibleFrom = 0.5;

/**
 * All results as one COCO data set: `images`, `categories` and `annotations` with `bbox` [x, y, w, h] in pixels, `area`,
 * `segmentation` (polygons; corners of rotated boxes; column-major run lengths of class maps), `keypoints` and `score`.
 * Image and annotation ids count from 1; category ids are the model's class indices, and a class of another name under the
 * same index (several models) gets the next free one. Classification and depth have no COCO annotation: a `Fault`.
 */
export function cocoJson(items: readonly ResultItem[]): JsonValue {
  const categories = new CategoryTable(items);
  const annotations: JsonValue[] = [];
  for (const [index, { result }] of items.entries()) {
    for (const { classId, body } of annotationBodies(result)) {
      annotations.push({
        id: annotations.length + 1,
        image_id: index + 1,
        category_id: categories.idOf(classId, className(result.names, classId)),
        iscrowd: 0,
        ...body,
      });
    }
  }
  return {
    info: { description: 'Predictions by Sightline' },
    licenses: [],
    images: items.map(({ imageName, result }, index) => ({
      id: index + 1,
      file_name: imageName,
      width: result.image.width,
      height: result.image.height,
    })),
    categories: categories.list(keypointCount(items)),
    annotations,
  };
}

/** Whether COCO has annotations for a result of this task. */
export function cocoCovers(task: VisionResult['task']): boolean {
  return task !== 'classify' && task !== 'depth';
}

function annotationBodies(result: VisionResult): AnnotationBody[] {
  switch (result.task) {
    case 'detect':
    case 'segment':
    case 'pose':
    case 'obb':
      return result.detections.map((detection) => ({
        classId: detection.classId,
        body: detectionBody(detection, result.image),
      }));
    case 'semantic':
      return semanticBodies(result);
    default:
      throw new Fault({
        code: 'input-invalid',
        found: `COCO annotations describe objects in an image, and a ${result.task} result has none.`,
        remedy: 'Take the JSON or CSV instead.',
      });
  }
}

function detectionBody(detection: Detection, image: VisionResult['image']): JsonObject {
  const { x1, y1, x2, y2 } = detection.box;
  return {
    bbox: [x1, y1, x2 - x1, y2 - y1].map(round),
    area: round(detectionArea(detection, image)),
    ...segmentation(detection),
    ...keypoints(detection),
    score: round(detection.score),
  };
}

function detectionArea({ box, oriented, mask }: Detection, image: VisionResult['image']): number {
  if (oriented) return oriented.width * oriented.height;
  if (mask) return rasterArea(rasterMask(mask, image));
  return (box.x2 - box.x1) * (box.y2 - box.y1);
}

function segmentation({ oriented, mask }: Detection): JsonObject {
  if (oriented) return { segmentation: [orientedCorners(oriented).flatMap(({ x, y }) => [round(x), round(y)])] };
  // A polygon of fewer than three points has no area, and COCO readers refuse it.
  if (mask) {
    return {
      segmentation: mask.outline.rings
        .filter((ring) => ring.length >= 6)
        .map((ring) => Array.from(ring, (v) => round(v))),
    };
  }
  return {};
}

function keypoints({ keypoints: points }: Detection): JsonObject {
  if (points === null) return {};
  return {
    keypoints: points.flatMap(({ x, y, visibility }) => [
      round(x),
      round(y),
      visibility === null || visibility >= visibleFrom ? 2 : 1,
    ]),
    num_keypoints: points.length,
  };
}

function semanticBodies({ image, classMap }: Extract<VisionResult, { task: 'semantic' }>): AnnotationBody[] {
  const present = [...new Set(classMap)].sort((a, b) => a - b);
  return present.map((classId) => {
    const bits = Uint8Array.from(classMap, (id) => (id === classId ? 1 : 0));
    const whole: MaskRaster = { left: 0, top: 0, width: image.width, height: image.height, bits };
    return {
      classId,
      body: { bbox: bounds(whole), area: rasterArea(whole), segmentation: runLengths(whole, image) },
    };
  });
}

/** Tight bounds [x, y, w, h] of the set pixels. */
function bounds({ width, height, bits }: MaskRaster): [number, number, number, number] {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (bits[y * width + x] === 0) continue;
      left = Math.min(left, x);
      right = Math.max(right, x + 1);
      top = Math.min(top, y);
      bottom = y + 1;
    }
  }
  return [left, top, right - left, bottom - top];
}

function keypointCount(items: readonly ResultItem[]): number {
  const counts = items.flatMap(({ result }) =>
    result.task === 'pose' ? result.detections.map(({ keypoints: points }) => points?.length ?? 0) : [],
  );
  return counts.reduce((most, count) => Math.max(most, count), 0);
}

function round(value: number): number {
  return roundDecimals(value, defaultDecimals);
}

/** Category ids by class index and name. */
class CategoryTable {
  private readonly ids = new Map<string, number>();
  private readonly names = new Map<number, string>();

  constructor(items: readonly ResultItem[]) {
    for (const { result } of items) {
      for (const [classId, name] of result.names.entries()) this.idOf(classId, name);
    }
  }

  idOf(classId: number, name: string): number {
    const key = `${classId} ${name}`;
    const known = this.ids.get(key);
    if (known !== undefined) return known;
    const id = this.names.has(classId) ? Math.max(...this.names.keys()) + 1 : classId;
    this.ids.set(key, id);
    this.names.set(id, name);
    return id;
  }

  list(keypoints: number): JsonValue[] {
    const points: JsonObject =
      keypoints > 0 ? { keypoints: Array.from({ length: keypoints }, (_, index) => String(index)) } : {};
    return [...this.names].sort(([a], [b]) => a - b).map(([id, name]) => ({ id, name, ...points }));
  }
}
