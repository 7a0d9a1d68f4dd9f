import type { Services } from '@/lib/domain/context';
import type { Model, ModelMetadata } from '@/lib/domain/models/schema';
import { withFileSource } from '@/lib/domain/models/with-file-source';
import type { ModelFacts, ModelSpec } from '@/lib/engines/model-files/model-facts';
import { recogniseCheckpoint } from '@/lib/engines/model-files/recognise-checkpoint';
import type { ModelInspection } from '@/lib/platform/inference/inference-messages';

/** What is kept about a model because of its file. */
export type FileReading = Pick<Model, 'status' | 'statusReason' | 'task'> & { readonly metadata: ModelMetadata };

/** The file's own metadata is shown, not used: what is longer than this is no description any more. */
const maximumProperties = 100;
const maximumPropertyLength = 4000;
const maximumNameLength = 200;

/**
 * What a model file says about itself, read without running it: ONNX in a process of its own, a checkpoint by its structure.
 * Throws a `Fault` that says what was found when it is not a model.
 */
export async function readModelFile({ inference }: Services, path: string): Promise<FileReading> {
  if ((await withFileSource(path, recogniseCheckpoint)) !== null) return checkpointReading;
  const inspection = await inference.inspect(path);
  return {
    status: 'ready',
    statusReason: null,
    task: inspection.readings[0].spec.task,
    metadata: onnxMetadata(inspection),
  };
}

const checkpointReading: FileReading = {
  status: 'stored',
  statusReason:
    'Sightline cannot run .pt files yet. Export it as ONNX, and replace the file: yolo export model=best.pt format=onnx.',
  task: null,
  metadata: {
    format: 'pt',
    names: null,
    inputSize: null,
    stride: null,
    precision: null,
    endToEnd: null,
    opset: null,
    parameters: null,
    flops: null,
    keypointShape: null,
    properties: {},
  },
};

function onnxMetadata({ facts, readings: [{ spec }], cost }: ModelInspection): ModelMetadata {
  const { size } = spec.input;
  return {
    format: 'onnx',
    names: spec.names.map((name) => clean(name, maximumNameLength)),
    inputSize: { width: size.width, height: size.height, dynamic: size.kind === 'dynamic' },
    stride: spec.stride,
    precision: facts.precision,
    endToEnd: isEndToEnd(spec),
    opset: facts.opset,
    parameters: cost.weightCount,
    // A multiplication and an addition are two operations, as the field counts them.
    flops: cost.multiplyAdds === null ? null : 2 * cost.multiplyAdds,
    keypointShape: spec.head.keypoints === null ? null : [spec.head.keypoints.count, spec.head.keypoints.dims],
    properties: propertiesOf(facts),
  };
}

function isEndToEnd({ head }: ModelSpec): boolean {
  return head.layout === 'rows';
}

function propertiesOf({ rawMetadata }: ModelFacts): Record<string, string> {
  const pairs = Object.entries(rawMetadata).slice(0, maximumProperties);
  return Object.fromEntries(
    pairs.map(([key, value]) => [clean(key, maximumNameLength), clean(value, maximumPropertyLength)]),
  );
}

/** The database keeps neither NUL nor halves of characters; other control characters are nothing to show. */
function clean(text: string, maximumLength: number): string {
  return text
    .slice(0, maximumLength)
    .toWellFormed()
    .replace(/[^\P{Cc}\n\t]/gu, '');
}
