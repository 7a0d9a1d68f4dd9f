import type {
  ModuleDescription,
  PicklableValue,
  TensorDescription,
} from '@/lib/engines/model-files/checkpoint/test-support/checkpoint-pickler';
import type { CheckpointDescription } from '@/lib/engines/model-files/checkpoint/test-support/write-checkpoint';
import { writeCheckpoint } from '@/lib/engines/model-files/checkpoint/test-support/write-checkpoint';

/** The activation that all layers of the tiny network share, as one SiLU serves every Conv of a real one. */
const silu: ModuleDescription = { className: 'torch.nn.modules.activation.SiLU', attributes: { inplace: true } };

/** A halves tensor with values 0, 1/8, 2/8 …, which halves hold exactly. */
export function eighths(...shape: readonly number[]): TensorDescription {
  const count = shape.reduce((product, length) => product * length, 1);
  return { dtype: 'float16', shape, values: Float32Array.from({ length: count }, (_, index) => index / 8) };
}

/** A Conv with its normalisation, without bias, as training leaves it. */
function conv(index: number, from: number | readonly number[], input: number, output: number): ModuleDescription {
  const scalar: TensorDescription = { dtype: 'int64', shape: [], values: Float32Array.of(7) };
  return {
    className: 'ultralytics.nn.modules.conv.Conv',
    attributes: { np: input * output, i: index, f: from, type: 'ultralytics.nn.modules.conv.Conv' },
    children: {
      conv: {
        className: 'torch.nn.modules.conv.Conv2d',
        attributes: { in_channels: input, out_channels: output, kernel_size: [1, 1], stride: [1, 1], groups: 1 },
        parameters: { weight: eighths(output, input, 1, 1), bias: null },
      },
      bn: {
        className: 'torch.nn.modules.batchnorm.BatchNorm2d',
        attributes: { num_features: output, eps: 0.001, momentum: 0.03 },
        parameters: { weight: eighths(output), bias: eighths(output) },
        buffers: { running_mean: eighths(output), running_var: eighths(output), num_batches_tracked: scalar },
      },
      act: silu,
    },
  };
}

/** A network of two layers with everything around it that a trained YOLO has; it finds nothing. */
export function tinyNetwork(): ModuleDescription {
  return {
    className: 'ultralytics.nn.tasks.DetectionModel',
    attributes: {
      yaml: new Map<PicklableValue, PicklableValue>([
        ['nc', 2],
        ['scale', 'n'],
        ['yaml_file', 'yolov8n.yaml'],
        ['channels', 3],
      ]),
      save: [0],
      names: new Map<PicklableValue, PicklableValue>([
        [0, 'circle'],
        [1, 'square'],
      ]),
      stride: { dtype: 'float32', shape: [3], values: Float32Array.of(8, 16, 32) },
      nc: 2,
      args: new Map<PicklableValue, PicklableValue>([
        ['task', 'detect'],
        ['imgsz', 320],
      ]),
    },
    children: {
      model: {
        className: 'torch.nn.modules.container.Sequential',
        children: { 0: conv(0, -1, 3, 4), 1: conv(1, [-1, 0], 8, 4) },
      },
    },
  };
}

export const tinyEntries: Readonly<Record<string, PicklableValue>> = {
  date: '2026-01-02T03:04:05.678901+00:00',
  version: '8.4.117',
  license: 'AGPL-3.0 (https://ultralytics.com/license)',
  docs: 'https://docs.ultralytics.com',
  epoch: -1,
  best_fitness: null,
  train_args: new Map<PicklableValue, PicklableValue>([
    ['task', 'detect'],
    ['imgsz', 320],
    ['lr0', 0.0125],
  ]),
  train_metrics: new Map<PicklableValue, PicklableValue>([['metrics/mAP50(B)', 0.875]]),
  train_results: new Map<PicklableValue, PicklableValue>([['epoch', [1, 2]]]),
};

/** A checkpoint of some kilobytes, of finished training unless told otherwise. */
export function tinyTrainedCheckpoint(changes: Partial<CheckpointDescription> = {}): Uint8Array {
  return writeCheckpoint({ model: tinyNetwork(), ema: null, entries: tinyEntries, ...changes });
}
