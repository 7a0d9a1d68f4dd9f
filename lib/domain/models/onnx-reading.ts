import type { FileReading, ModelMetadata } from '@/lib/domain/models/schema';
import type { ModelFacts, ModelSpec } from '@/lib/engines/model-files/model-facts';
import type { ModelInspection } from '@/lib/platform/inference/inference-messages';

/** The file's own metadata is shown, not used: what is longer than this is no description any more. */
const maximumProperties = 100;
const maximumPropertyLength = 4000;
const maximumNameLength = 200;

/** What is kept about a model because of its ONNX file. */
export function onnxReading(inspection: ModelInspection): FileReading {
  return {
    status: 'ready',
    statusReason: null,
    task: inspection.readings[0].spec.task,
    metadata: onnxMetadata(inspection),
  };
}

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
