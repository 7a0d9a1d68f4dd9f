import { Fault } from '@/lib/core/fault';
import type { Dimension, ModelFacts, ModelSpec, TensorFacts } from '@/lib/engines/model-files/model-facts';

/** An input of this side already is 0.8 GB in fp32; larger ones are damage or bait, not images. */
const maxSide = 8_192;

/** More images in one run than any export for vision fixes. */
const maxBatch = 1_024;

/** Sizes the exporter uses when nobody says otherwise; only a dynamic file without metadata needs them. */
const usualSide = { classify: 224, other: 640 } as const;

const expected = 'One image input [batch, 3, height, width] of float32 or float16 was expected';
const remedy = 'Export the model with the standard YOLO exporter (format=onnx), which makes such an input.';

/** The one image input of the model. Throws the `Fault` `model-unreadable-input` when the file has another interface. */
export function readModelInput(facts: ModelFacts): ModelSpec['input'] {
  const [input] = facts.inputs;
  if (input === undefined || facts.inputs.length !== 1) {
    throw fault(facts.inputs.length === 0 ? 'the model has no input' : `the model has ${listTensors(facts.inputs)}`);
  }
  const [batch, channels, height, width] = input.shape;
  const { elementType } = input;
  if (input.shape.length !== 4 || batch === undefined || height === undefined || width === undefined) {
    throw fault(`the model has ${listTensors([input])}`);
  }
  if (typeof channels === 'number' && channels !== 3) throw fault(`the model has ${listTensors([input])}`);
  if (elementType !== 'float32' && elementType !== 'float16') throw fault(`the model has ${listTensors([input])}`);
  return { name: input.name, elementType, size: readSize(facts, input, height, width), batch: readBatch(input, batch) };
}

/** Tensors as a person can compare them: `output0 float32 [1, 84, 8400]; …`, at most six. */
export function listTensors(tensors: readonly TensorFacts[]): string {
  const shown = tensors.slice(0, 6).map(({ name, elementType, shape }) => {
    return `${name.slice(0, 60)} ${elementType} [${shape.join(', ').slice(0, 120)}]`;
  });
  const more = tensors.length > shown.length ? `; and ${tensors.length - shown.length} more` : '';
  return shown.join('; ') + more;
}

function readSize(
  facts: ModelFacts,
  input: TensorFacts,
  height: Dimension,
  width: Dimension,
): ModelSpec['input']['size'] {
  const usual = facts.metadata?.task === 'classify' || isClassifier(facts) ? usualSide.classify : usualSide.other;
  const side = facts.metadata?.imgsz ?? { height: usual, width: usual };
  const size = {
    kind: typeof height === 'number' && typeof width === 'number' ? ('static' as const) : ('dynamic' as const),
    height: typeof height === 'number' ? height : side.height,
    width: typeof width === 'number' ? width : side.width,
  };
  if (size.height > maxSide || size.width > maxSide) {
    throw fault(`the model wants images larger than ${maxSide} pixels a side: ${listTensors([input])}`);
  }
  return size;
}

function isClassifier(facts: ModelFacts): boolean {
  return facts.outputs.length === 1 && facts.outputs[0]?.shape.length === 2;
}

function readBatch(input: TensorFacts, batch: Dimension): ModelSpec['input']['batch'] {
  if (typeof batch !== 'number') return { kind: 'dynamic', size: 1 };
  if (batch > maxBatch) throw fault(`the model wants ${batch} images in one run: ${listTensors([input])}`);
  return { kind: 'static', size: batch };
}

function fault(found: string): Fault {
  return new Fault({ code: 'model-unreadable-input', found: `${expected}; ${found}.`, remedy });
}
