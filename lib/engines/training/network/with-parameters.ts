import { assert } from '@/lib/core/assert';
import type { Checkpoint, CheckpointTensor, ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';
import { memoryTensor } from '@/lib/engines/training/network/memory-tensor';
import type { FlatTensor, ParameterLayout } from '@/lib/engines/training/network/parameter-layout';
import type { FlatNumbers } from '@/lib/engines/training/network/read-parameters';

/**
 * The checkpoint with other parameters and running statistics; everything else stays. The vectors are not copied: do not change
 * them while the checkpoint is in use. `convertCheckpoint` makes an ONNX file of it.
 */
export function withParameters(
  checkpoint: Checkpoint,
  layout: ParameterLayout,
  { parameters, statistics }: FlatNumbers,
): Checkpoint {
  assert(parameters.length === layout.parameterCount, `there are ${layout.parameterCount} parameters`);
  assert(statistics.length === layout.statisticCount, `there are ${layout.statisticCount} statistics`);
  const piece = (flat: Float32Array, { name, shape, offset, length }: FlatTensor): [string, CheckpointTensor] => [
    name,
    memoryTensor(shape, flat.subarray(offset, offset + length)),
  ];
  return withTensors(
    checkpoint,
    new Map([
      ...layout.parameters.map((place) => piece(parameters, place)),
      ...layout.norms.flatMap(({ mean, variance }) => [mean, variance]).map((place) => piece(statistics, place)),
    ]),
  );
}

/** The checkpoint with other tensors in the places of those of these paths. */
export function withTensors(checkpoint: Checkpoint, tensors: ReadonlyMap<string, CheckpointTensor>): Checkpoint {
  const root: TensorTree = { tensors: new Map(), children: new Map() };
  for (const [path, tensor] of tensors) plant(root, path.split('.'), tensor);
  return { ...checkpoint, model: replaced(checkpoint.model, root) };
}

/** Replacements by where they belong, so that only the modules on their way are made anew. */
type TensorTree = { readonly tensors: Map<string, CheckpointTensor>; readonly children: Map<string, TensorTree> };

function plant(tree: TensorTree, [first, ...rest]: readonly string[], tensor: CheckpointTensor): void {
  if (rest.length === 0) {
    tree.tensors.set(first, tensor);
    return;
  }
  const child = tree.children.get(first) ?? { tensors: new Map(), children: new Map() };
  tree.children.set(first, child);
  plant(child, rest, tensor);
}

function replaced(node: ModuleNode, { tensors, children }: TensorTree): ModuleNode {
  const exchanged = (own: ModuleNode['parameters']) =>
    new Map([...own].map(([name, tensor]) => [name, tensors.get(name) ?? tensor]));
  return {
    ...node,
    parameters: exchanged(node.parameters),
    buffers: exchanged(node.buffers),
    children: new Map(
      [...node.children].map(([name, child]) => {
        const below = children.get(name);
        return [name, child === null || below === undefined ? child : replaced(child, below)];
      }),
    ),
  };
}
