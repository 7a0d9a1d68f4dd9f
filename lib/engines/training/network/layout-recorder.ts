import type { NormTensors, TrainingMode } from '@/lib/engines/architecture/training-mode';
import type { WeightSource } from '@/lib/engines/architecture/weight-plan';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import type { Value } from '@/lib/engines/graph/value';
import {
  layOut,
  type NamedNorm,
  type NamedParameter,
  type ParameterKind,
  type ParameterLayout,
} from '@/lib/engines/training/network/parameter-layout';

/** A training mode that only notes what a network asks for: the first of two passes, whose graph nobody runs. */
export type LayoutRecorder = {
  readonly mode: TrainingMode;
  /** What was asked for so far. */
  readonly layout: () => ParameterLayout;
};

export function layoutRecorder(graph: GraphBuilder, isFrozen: (path: string) => boolean): LayoutRecorder {
  const parameters = new Map<string, NamedParameter & { readonly value: Value }>();
  const norms: NamedNorm[] = [];
  const noted = (source: WeightSource, shape: readonly number[], kind: ParameterKind): Value => {
    const known = parameters.get(source.name);
    if (known !== undefined) return known.value;
    const value = graph.weight(source.name, 'float32', shape);
    // Where the graph wants another shape than the checkpoint has, the elements are the same.
    parameters.set(source.name, { name: source.name, shape: source.tensor.shape, kind, value });
    return value;
  };
  return {
    layout: () => layOut([...parameters.values()], norms),
    mode: {
      isFrozen,
      parameter: (source, shape) => noted(source, shape, kindOf(source)),
      normalise: (_, x, norm) => {
        if (norm.gamma !== null) noted(norm.gamma, norm.gamma.tensor.shape, 'norm');
        if (norm.beta !== null) noted(norm.beta, norm.beta.tensor.shape, 'bias');
        norms.push(namedNorm(norm));
        return x;
      },
    },
  };
}

/** As the field sorts them: whatever is named a bias is one. */
function kindOf({ name }: WeightSource): ParameterKind {
  return name.endsWith('.bias') ? 'bias' : 'weight';
}

function namedNorm({ mean, variance, momentum }: NormTensors): NamedNorm {
  const [channels] = mean.tensor.shape;
  return { meanName: mean.name, varianceName: variance.name, channels, momentum };
}
