import { unreachable } from '@/lib/core/assert';
import type { TensorFacts } from '@/lib/engines/model-files/model-facts';
import { float32Tensor, int64Tensor, type OnnxNode, type OnnxTensor } from '@/lib/engines/model-files/onnx-writer';
import { tinyModel, write } from '@/lib/engines/model-files/test-support/tiny-models';

export type TinyBreakage =
  /** Reads well, but no runtime has the operator: creating a session fails. */
  | 'unknown-operator'
  /** Its weights are said to be in a file beside it. */
  | 'external-data'
  /** Loads and runs, but its outputs are raw feature maps. */
  | 'wrong-output'
  /** Loads and runs, but takes a one-channel image. */
  | 'wrong-input'
  /** The first three quarters of a good file. */
  | 'truncated'
  /** A good detect model whose run needs a tensor of one tebibyte. */
  | 'huge-memory'
  /** The same with 16 MiB less than 4 GiB: more than a 32-bit WASM heap has left, though a native process may hold it. */
  | 'wasm-memory'
  /** Loads as a detect model; every run fails inside an operator. */
  | 'fails-at-run';

/** A model of a few hundred bytes to some kilobytes that goes wrong in one way. */
export function tinyBrokenModel(breakage: TinyBreakage): Uint8Array {
  switch (breakage) {
    case 'unknown-operator':
      return detectLike([{ opType: 'SightlineNoSuchOperator', inputs: ['images'], outputs: ['output0'] }], []);
    case 'external-data':
      return detectLike(
        [{ opType: 'Add', inputs: ['images', 'weights'], outputs: ['output0'] }],
        [
          {
            name: 'weights',
            elementType: 'float32',
            dims: [1, 3, 64, 64],
            data: { kind: 'external', file: 'weights.bin', offset: 0, length: 49_152 },
          },
        ],
      );
    case 'wrong-output':
      return featureMaps();
    case 'wrong-input':
      return oneChannel();
    case 'truncated': {
      const whole = tinyModel();
      return whole.slice(0, Math.floor(whole.byteLength * 0.75));
    }
    case 'huge-memory':
      return hungry([2 ** 19, 2 ** 19]);
    case 'wasm-memory':
      return hungry([32_640, 32_768]);
    case 'fails-at-run':
      return detectLike(
        [
          { opType: 'ReduceMax', inputs: ['images'], outputs: ['brightest'], attributes: toScalar },
          { opType: 'Add', inputs: ['brightest', 'thousand'], outputs: ['far'] },
          { opType: 'Cast', inputs: ['far'], outputs: ['index'], attributes: { to: { kind: 'int', value: 7 } } },
          { opType: 'Gather', inputs: ['table', 'index'], outputs: ['drop'] },
          { opType: 'Expand', inputs: ['drop', 'shape'], outputs: ['output0'] },
        ],
        [
          float32Tensor('thousand', [], [1000]),
          float32Tensor('table', [3], [0, 0, 0]),
          int64Tensor('shape', [3], [1, 7, 84]),
        ],
      );
    default:
      return unreachable(breakage);
  }
}

/** A reduction over all axes that keeps none of them. */
const toScalar: OnnxNode['attributes'] = { keepdims: { kind: 'int', value: 0 } };

const image: TensorFacts = { name: 'images', elementType: 'float32', shape: [1, 3, 64, 64] };

/** A graph that says of itself that it is a three-class detect model for 64 × 64 pixels. */
function detectLike(nodes: readonly OnnxNode[], initializers: readonly OnnxTensor[]): Uint8Array {
  const outputs: readonly TensorFacts[] = [{ name: 'output0', elementType: 'float32', shape: [1, 7, 84] }];
  return write({
    graph: { name: 'broken', nodes, initializers, inputs: [image], outputs },
    metadata: {
      task: 'detect',
      stride: '32',
      imgsz: '[64, 64]',
      names: "{0: 'red', 1: 'green', 2: 'blue'}",
      end2end: 'False',
    },
  });
}

/** Spreads the brightest value of the image over a float32 tensor of these sides, which only exists while the model runs. */
function hungry(sides: readonly [number, number]): Uint8Array {
  return detectLike(
    [
      { opType: 'ReduceMax', inputs: ['images'], outputs: ['brightest'], attributes: toScalar },
      { opType: 'Expand', inputs: ['brightest', 'huge'], outputs: ['ocean'] },
      { opType: 'ReduceMax', inputs: ['ocean'], outputs: ['drop'], attributes: toScalar },
      { opType: 'Expand', inputs: ['drop', 'shape'], outputs: ['output0'] },
    ],
    [int64Tensor('huge', [4], [1, 1, ...sides]), int64Tensor('shape', [3], [1, 7, 84])],
  );
}

function featureMaps(): Uint8Array {
  const nodes = [8, 16].map((stride): OnnxNode => {
    const sides = { kind: 'ints', values: [stride, stride] } as const;
    return {
      opType: 'AveragePool',
      inputs: ['images'],
      outputs: [`map${stride}`],
      attributes: { kernel_shape: sides, strides: sides },
    };
  });
  const outputs = [8, 16].map((stride): TensorFacts => {
    return { name: `map${stride}`, elementType: 'float32', shape: [1, 3, 64 / stride, 64 / stride] };
  });
  return write({ graph: { name: 'broken', nodes, initializers: [], inputs: [image], outputs }, metadata: {} });
}

function oneChannel(): Uint8Array {
  const nodes: readonly OnnxNode[] = [{ opType: 'Reshape', inputs: ['images', 'flat'], outputs: ['output0'] }];
  return write({
    graph: {
      name: 'broken',
      nodes,
      initializers: [int64Tensor('flat', [2], [1, 4096])],
      inputs: [{ name: 'images', elementType: 'float32', shape: [1, 1, 64, 64] }],
      outputs: [{ name: 'output0', elementType: 'float32', shape: [1, 4096] }],
    },
    metadata: {},
  });
}
