import { assert, present } from '@/lib/core/assert';
import { classOf, evaluate, evaluatePieces } from '@/lib/engines/architecture/test-support/oracle/evaluate-modules';
import { type FeatureMap, joined, summed } from '@/lib/engines/architecture/test-support/oracle/feature-map';
import { enlargedNearest } from '@/lib/engines/architecture/test-support/oracle/torch-operations';
import type { ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';

/** The inputs of a network's head for one image, and the head itself. */
export function evaluateBody(
  model: ModuleNode,
  image: FeatureMap,
): { readonly head: ModuleNode; readonly inputs: readonly FeatureMap[] } {
  const layers = [...present(model.children.get('model'), 'the layers').children.values()];
  const outputs: (readonly FeatureMap[])[] = [];
  for (const [index, layer] of layers.entries()) {
    assert(layer, `layer ${index} is there`);
    const from = layer.attributes.get('f');
    const sources = (Array.isArray(from) ? from : [from]).map(Number);
    const inputs = sources.map((source) => (index === 0 ? [image] : outputs[source < 0 ? index + source : source]));
    if (index === layers.length - 1) return { head: layer, inputs: inputs.flat() };
    outputs.push(evaluateLayer(layer, inputs));
  }
  throw new Error('A network has layers');
}

function evaluateLayer(layer: ModuleNode, inputs: readonly (readonly FeatureMap[])[]): readonly FeatureMap[] {
  switch (classOf(layer)) {
    case 'Concat':
      return [joined(inputs.flat())];
    case 'CBLinear':
      return evaluatePieces(layer, inputs[0][0]);
    case 'CBFuse':
      return [fused(layer, inputs)];
    default:
      return [evaluate(layer, inputs[0][0])];
  }
}

/** The last input, and of each other one the piece that `idx` names, stretched to its size. */
function fused(layer: ModuleNode, inputs: readonly (readonly FeatureMap[])[]): FeatureMap {
  const pieces = layer.attributes.get('idx');
  assert(Array.isArray(pieces), 'CBFuse has the numbers of its pieces');
  const [last] = inputs[inputs.length - 1];
  const others = pieces.map((piece, index) => enlargedNearest(inputs[index][Number(piece)], last.height, last.width));
  return summed(last, ...others);
}
