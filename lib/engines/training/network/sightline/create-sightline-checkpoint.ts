import { assert } from '@/lib/core/assert';
import type { Checkpoint, CheckpointValue, ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';
import { createRandom, type SeededRandom } from '@/lib/engines/training/augment/seeded-random';
import type { ObjectTask } from '@/lib/engines/training/dataset/object-label';
import { memoryTensor } from '@/lib/engines/training/network/memory-tensor';
import { moduleNode, sequential } from '@/lib/engines/training/network/sightline/module-node';
import { classHead, objectHead, sightlineStrides } from '@/lib/engines/training/network/sightline/sightline-heads';
import { placed, sightlinePyramid, sightlineTrunk } from '@/lib/engines/training/network/sightline/sightline-layers';
import { type SightlineSize, sightlineWidths } from '@/lib/engines/training/network/sightline/sightline-sizes';

export type SightlineSpec = {
  readonly size: SightlineSize;
  readonly task: ObjectTask | 'classify';
  /** Of the classes, by index; at least one. */
  readonly names: readonly string[];
  /** Of poses only. */
  readonly keypoints?: { readonly count: number; readonly dims: 2 | 3; readonly names?: readonly string[] } | null;
  /** What the data is called in descriptions: `birds.yaml`; left out where there is none yet. */
  readonly source?: string;
  readonly seed: number;
  /** Side of the square images that it is to be trained with, in pixels. */
  readonly imgsz: number;
};

const modelClasses: Readonly<Record<SightlineSpec['task'], string>> = {
  detect: 'DetectionModel',
  segment: 'SegmentationModel',
  pose: 'PoseModel',
  obb: 'OBBModel',
  classify: 'ClassificationModel',
};

/**
 * A network of our own that has learnt nothing yet: a small one-stage detector without anchor boxes, in the manner of the YOLO
 * family, of modules that `architecture` builds. The same seed gives the same weights.
 */
export function createSightlineCheckpoint(spec: SightlineSpec): Checkpoint {
  assert(spec.names.length > 0, 'there is a class');
  assert(spec.task !== 'pose' || spec.keypoints, 'a pose has keypoints');
  const layers = layersOf(createRandom(spec.seed), spec);
  return {
    which: 'model',
    model: moduleNode(`ultralytics.nn.tasks.${modelClasses[spec.task]}`, {
      attributes: modelAttributes(spec),
      children: { model: sequential(layers) },
    }),
    entries: new Map([['train_args', trainArguments(spec)]]),
    globals: [],
    sizeBytes: 0,
  };
}

function layersOf(random: SeededRandom, { size, task, names, keypoints = null }: SightlineSpec): readonly ModuleNode[] {
  const widths = sightlineWidths[size];
  const spec = { classes: names.length, keypoints };
  if (task === 'classify') {
    const { layers, channels } = sightlineTrunk(random, widths);
    return [...layers, placed(layers.length, -1, classHead(random, channels[0], widths, spec))];
  }
  const { layers, from, channels } = sightlinePyramid(random, widths);
  return [...layers, placed(layers.length, from, objectHead(random, task, channels, widths, spec))];
}

function modelAttributes(spec: SightlineSpec): Readonly<Record<string, CheckpointValue>> {
  const { size, task, names, keypoints } = spec;
  const strides = task === 'classify' ? [1] : sightlineStrides;
  return {
    yaml: new Map<CheckpointValue, CheckpointValue>([
      ['nc', names.length],
      ['channels', 3],
      ['yaml_file', `sightline-${size}.yaml`],
      ['scale', size],
    ]),
    names: new Map<CheckpointValue, CheckpointValue>(names.entries()),
    nc: names.length,
    stride: memoryTensor([strides.length], Float32Array.from(strides)),
    task,
    args: trainArguments(spec),
    ...(keypoints ? { kpt_shape: [keypoints.count, keypoints.dims] } : {}),
    ...(keypoints?.names ? { kpt_names: new Map<CheckpointValue, CheckpointValue>([[0, keypoints.names]]) } : {}),
  };
}

function trainArguments({ task, source, imgsz }: SightlineSpec): ReadonlyMap<CheckpointValue, CheckpointValue> {
  return new Map<CheckpointValue, CheckpointValue>([
    ['task', task],
    ...(source === undefined ? [] : [['data', source] as const]),
    ['imgsz', imgsz],
  ]);
}
