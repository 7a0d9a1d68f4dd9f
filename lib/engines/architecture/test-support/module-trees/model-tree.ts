import type { Task } from '@/lib/core/task';
import { inMemoryTensor } from '@/lib/engines/architecture/test-support/module-trees/in-memory-tensor';
import { buildLayers, type Layer } from '@/lib/engines/architecture/test-support/module-trees/layer';
import { moduleNode, sequential } from '@/lib/engines/architecture/test-support/module-trees/torch-modules';
import { type TreeOptions, treeContext } from '@/lib/engines/architecture/test-support/module-trees/tree-context';
import type { Checkpoint, CheckpointValue, ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';

export type ModelSpec = {
  readonly task: Task;
  readonly table: readonly Layer[];
  readonly strides: readonly number[];
  readonly keypoints: { readonly count: number; readonly dims: number } | null;
  /** Pixels of a side of the square input that it is said to have been trained with. */
  readonly imageSize: number;
};

const modelClasses: Readonly<Record<Task, string>> = {
  detect: 'DetectionModel',
  segment: 'SegmentationModel',
  pose: 'PoseModel',
  obb: 'OBBModel',
  classify: 'ClassificationModel',
  semantic: 'SemanticSegmentationModel',
  depth: 'DepthModel',
};

/** A checkpoint that was never written: a whole network with random weights, and what a file says about it. */
export function checkpointOf(spec: ModelSpec, options: TreeOptions): Checkpoint {
  const { layers, save } = buildLayers(treeContext(options), spec.table);
  return checkpointAround(
    moduleNode(`ultralytics.nn.tasks.${modelClasses[spec.task]}`, {
      attributes: modelAttributes(spec, options.classCount, save),
      children: { model: sequential(...layers) },
    }),
  );
}

/** The same file around another network. */
export function checkpointAround(model: ModuleNode): Checkpoint {
  return {
    which: 'model',
    model,
    entries: new Map<string, CheckpointValue>([
      ['date', '2026-01-02T03:04:05.000006'],
      ['version', '8.4.117'],
      ['license', 'AGPL-3.0 License (https://ultralytics.com/license)'],
      ['docs', 'https://docs.ultralytics.com'],
    ]),
    globals: [],
    sizeBytes: 0,
  };
}

function modelAttributes(
  spec: ModelSpec,
  classCount: number,
  save: readonly number[],
): Record<string, CheckpointValue> {
  const { task, strides, keypoints, imageSize } = spec;
  const names = new Map<CheckpointValue, CheckpointValue>();
  for (let index = 0; index < classCount; index += 1) names.set(index, `class ${index}`);
  const yaml = new Map<CheckpointValue, CheckpointValue>([
    ['nc', classCount],
    ['channels', 3],
  ]);
  const args = new Map<CheckpointValue, CheckpointValue>([
    ['task', task],
    ['imgsz', imageSize],
  ]);
  return {
    yaml,
    save: [...save],
    names,
    nc: classCount,
    inplace: true,
    stride: inMemoryTensor([strides.length], Float32Array.from(strides)),
    args,
    task,
    ...(keypoints === null ? {} : { kpt_shape: [keypoints.count, keypoints.dims] }),
  };
}
