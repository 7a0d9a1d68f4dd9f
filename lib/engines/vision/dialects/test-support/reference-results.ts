import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Task } from '@/lib/core/task';
import type { Detection, InstanceMask, VisionResult } from '@/lib/engines/vision/vision-result';

/** The fields of one reference file that a result is rebuilt from. */
type ReferenceFile = {
  readonly task: Task;
  readonly orig_shape: readonly [number, number];
  readonly names: Readonly<Record<string, string>>;
  readonly to_json: string;
  readonly boxes_data?: readonly (readonly number[])[];
  readonly obb_data?: readonly (readonly number[])[];
  readonly obb_xyxy?: readonly (readonly number[])[];
  readonly keypoints_data?: readonly (readonly (readonly number[])[])[];
  readonly masks_xy?: readonly (readonly (readonly number[])[])[];
  readonly probs?: readonly number[];
};

export type ReferenceCase = { readonly name: string; readonly toJson: unknown; readonly result: VisionResult };

const folder = join(process.cwd(), '..', 'shared', 'fixtures', 'reference');

/** Every recorded result of the package, rebuilt from the package's own tensors; empty where the fixtures are absent. */
export function referenceCases(): ReferenceCase[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && /\.\d+$/.test(entry.name))
    .flatMap((entry) =>
      readdirSync(join(folder, entry.name))
        .filter((name) => name.endsWith('.json'))
        .map((name) => referenceCase(`${entry.name}/${name}`)),
    );
}

function referenceCase(name: string): ReferenceCase {
  const file = JSON.parse(readFileSync(join(folder, name), 'utf8')) as ReferenceFile;
  return { name, toJson: JSON.parse(file.to_json), result: rebuild(file) };
}

function rebuild(file: ReferenceFile): VisionResult {
  const [height, width] = file.orig_shape;
  const image = { width, height };
  const names = Object.values(file.names);
  if (file.probs) return { task: 'classify', image, names, probabilities: Float32Array.from(file.probs) };
  const detections = file.obb_data
    ? file.obb_data.map((row, index) => orientedDetection(row, file.obb_xyxy?.[index] ?? [], index))
    : (file.boxes_data ?? []).map((row, index) => boxDetection(file, row, index));
  if (file.task === 'classify' || file.task === 'semantic' || file.task === 'depth') throw new Error('not detections');
  return { task: file.task, image, names, detections };
}

function orientedDetection(row: readonly number[], bounds: readonly number[], index: number): Detection {
  const [cx = 0, cy = 0, width = 0, height = 0, angle = 0, score = 0, classId = 0] = row;
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = bounds;
  return {
    index,
    classId,
    score,
    box: { x1, y1, x2, y2 },
    oriented: { cx, cy, width, height, angle },
    mask: null,
    keypoints: null,
  };
}

function boxDetection(file: ReferenceFile, row: readonly number[], index: number): Detection {
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0, score = 0, classId = 0] = row;
  const segment = file.masks_xy?.[index];
  const points = file.keypoints_data?.[index];
  return {
    index,
    classId,
    score,
    box: { x1, y1, x2, y2 },
    oriented: null,
    mask: segment ? polygonMask(Float32Array.from(segment.flat())) : null,
    keypoints: points?.map(([x = 0, y = 0, visibility = null]) => ({ x, y, visibility })) ?? null,
  };
}

/** Only the polygon matters to rows: the bits stay empty. */
function polygonMask(segment: Float32Array): InstanceMask {
  return {
    left: 0,
    top: 0,
    width: 0,
    height: 0,
    bits: new Uint8Array(0),
    grid: { scale: 1, offsetX: 0, offsetY: 0 },
    outline: { rings: [segment] },
    segment,
  };
}
