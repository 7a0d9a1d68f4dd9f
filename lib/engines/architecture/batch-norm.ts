import { numberAttribute } from '@/lib/engines/architecture/module-attributes';
import { type BuildContext, classOf, misfit } from '@/lib/engines/architecture/module-builder';
import { optionalTensorOf, tensorOf } from '@/lib/engines/architecture/module-weights';
import type { NormTensors } from '@/lib/engines/architecture/training-mode';
import type { WeightSource } from '@/lib/engines/architecture/weight-plan';
import type { ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';

/** Of torch's BatchNorm2d. */
const defaultMomentum = 0.1;

/** What a batch normalisation does to each channel once training is over: y = scale·x + shift. */
type ChannelTransform = { readonly scale: Float32Array; readonly shift: Float32Array };

/** A batch normalisation whose numbers are yet to be read. */
export type BatchNorm = NormTensors & {
  /** Running mean and variance, and γ and β where it has them: what `transform` is to be given, in this order. */
  readonly sources: readonly WeightSource[];
  readonly transform: (tensors: readonly Float32Array[]) => ChannelTransform;
};

/**
 * Reads a `BatchNorm2d` over `channels` channels at `name` below the context: scale = γ ÷ √(variance + ε), shift = β − mean·scale. ε
 * differs between families (1e-3 in detectors, 1e-5 in classifiers), so it is never assumed.
 */
export function readBatchNorm(context: BuildContext, node: ModuleNode, name: string, channels: number): BatchNorm {
  const isKnown = classOf(node) === 'BatchNorm2d';
  if (!isKnown) throw misfit(context, node, `stands as “${name}”, where a BatchNorm2d was expected`);
  const epsilon = numberAttribute(context, node, 'eps');
  const momentum = numberAttribute(context, node, 'momentum', defaultMomentum);
  const [mean, variance] = [
    tensorOf(context, node, name, 'running_mean'),
    tensorOf(context, node, name, 'running_var'),
  ];
  const gamma = optionalTensorOf(context, node, name, 'weight');
  const beta = optionalTensorOf(context, node, name, 'bias');
  const sources = [mean, variance, ...(gamma === null ? [] : [gamma]), ...(beta === null ? [] : [beta])];
  const odd = sources.find(({ tensor }) => tensor.shape.length !== 1 || tensor.shape[0] !== channels);
  if (odd !== undefined)
    throw misfit(context, node, `has ${odd.name} of [${odd.tensor.shape}] for ${channels} channels`);
  return {
    mean,
    variance,
    gamma,
    beta,
    epsilon,
    momentum,
    sources,
    transform: ([mean, variance, ...affine]) => {
      const scale = variance.map((value, channel) => {
        const factor = gamma === null ? 1 : affine[0][channel];
        return factor / Math.sqrt(value + epsilon);
      });
      const offsets = beta === null ? null : affine[affine.length - 1];
      const shift = mean.map((value, channel) => (offsets?.[channel] ?? 0) - value * scale[channel]);
      return { scale, shift };
    },
  };
}
