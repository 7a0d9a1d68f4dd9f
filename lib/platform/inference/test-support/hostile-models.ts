import { dataTypeOf } from '@/lib/engines/model-files/onnx-schema';
import { int64Tensor, type OnnxNode, type OnnxTensor } from '@/lib/engines/model-files/onnx-writer';
import { TinyGraph, type Value } from '@/lib/engines/model-files/test-support/tiny-graph';
import { write } from '@/lib/engines/model-files/test-support/tiny-models';

/** Anchors of a 64 × 64 input, and the rows of a detector of three classes. */
const outputShape = [1, 7, 84] as const;

/** A detector to look at, whose network never ends and holds `megabytes` of memory meanwhile. */
export function endlessModel(megabytes = 0): Uint8Array {
  const graph = new TinyGraph();
  const held = megabytes === 0 ? mean(graph) : ofSize(graph, megabytes);
  const looped: OnnxNode = {
    opType: 'Loop',
    inputs: [graph.integers([], [Number.MAX_SAFE_INTEGER]), truth(graph), held],
    outputs: ['looped'],
    attributes: { body: { kind: 'graph', value: endlessBody } },
  };
  graph.nodes.push(looped);
  const sum = graph.op('ReduceMean', [graph.op('Add', ['looped', held])], { keepdims: 0 });
  return detector(graph, sum);
}

/** A detector to look at, whose network asks for so much memory at once. */
export function greedyModel(megabytes: number): Uint8Array {
  const graph = new TinyGraph();
  return detector(graph, graph.op('ReduceMax', [ofSize(graph, megabytes)], { keepdims: 0 }));
}

function detector(graph: TinyGraph, value: Value): Uint8Array {
  const zeros = graph.op('Expand', [graph.floats([1, 1, 1], [0]), graph.integers([3], outputShape)]);
  graph.op('Add', [zeros, value], {}, 'output0');
  return write({
    graph: {
      name: 'hostile',
      nodes: graph.nodes,
      initializers: graph.initializers,
      inputs: [{ name: 'images', elementType: 'float32', shape: [1, 3, 64, 64] }],
      outputs: [{ name: 'output0', elementType: 'float32', shape: outputShape }],
    },
    metadata: { task: 'detect', stride: '32', imgsz: '[64, 64]', names: "{0: 'red', 1: 'green', 2: 'blue'}" },
  });
}

/** Depends on the image, so that nothing is computed ahead when the model is loaded. */
function mean(graph: TinyGraph): Value {
  return graph.op('ReduceMean', ['images'], { keepdims: 0 });
}

function ofSize(graph: TinyGraph, megabytes: number): Value {
  const side = graph.op('Gather', [graph.op('Shape', ['images']), graph.integers([1], [2])], { axis: 0 });
  const length = graph.op('Mul', [side, graph.integers([1], [(megabytes * 2 ** 18) / 64])]);
  return graph.op('ConstantOfShape', [length]);
}

function truth(graph: TinyGraph): Value {
  return graph.op('Cast', [graph.integers([], [1])], { to: dataTypeOf('bool') });
}

const one: OnnxTensor = int64Tensor('one', [1], [1]);

const endlessBody = {
  name: 'body',
  nodes: [
    { opType: 'Identity', inputs: ['go_on'], outputs: ['go_on_out'] },
    { opType: 'Cast', inputs: ['one'], outputs: ['step'], attributes: { to: { kind: 'int' as const, value: 1 } } },
    { opType: 'Sub', inputs: ['carried', 'step'], outputs: ['less'] },
    { opType: 'Max', inputs: ['carried', 'less'], outputs: ['carried_out'] },
  ],
  initializers: [one],
  inputs: [
    { name: 'iteration', elementType: 'int64' as const, shape: [] },
    { name: 'go_on', elementType: 'bool' as const, shape: [] },
    { name: 'carried', elementType: 'float32' as const, shape: ['n'] },
  ],
  outputs: [
    { name: 'go_on_out', elementType: 'bool' as const, shape: [] },
    { name: 'carried_out', elementType: 'float32' as const, shape: ['n'] },
  ],
};
