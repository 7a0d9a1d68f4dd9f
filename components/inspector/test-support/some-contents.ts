import type { CheckpointContents } from '@/lib/engines/model-files/checkpoint/describe-contents';

/** A detector at the end of its training. */
export const someContents: CheckpointContents = {
  which: 'model',
  task: 'detect',
  names: { 0: 'person', 1: 'bicycle' },
  classCount: 80,
  imageSize: { height: 640, width: 640 },
  stride: 32,
  architecture: { className: 'ultralytics.nn.tasks.DetectionModel', yamlFile: 'yolov8n.yaml', scale: 'n' },
  layers: [{ index: 0, from: [-1], className: 'Conv', parameterCount: 464 }],
  parameterCount: 3_157_200,
  dtypes: { float16: 3_157_200, int64: 57 },
  keypointShape: null,
  epoch: -1,
  bestFitness: null,
  date: '2026-01-02T03:04:05.678901+00:00',
  version: '8.4.117',
  license: 'AGPL-3.0 (https://ultralytics.com/license)',
  trainingArguments: {},
  metrics: {},
  results: {},
  git: {},
};
