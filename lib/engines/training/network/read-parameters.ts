import { present } from '@/lib/core/assert';
import { optionalChild } from '@/lib/engines/architecture/module-builder';
import type { Checkpoint, CheckpointTensor } from '@/lib/engines/model-files/checkpoint/checkpoint';
import { damagedCheckpoint, quoted } from '@/lib/engines/model-files/checkpoint/checkpoint-faults';
import { refuseNotFinite } from '@/lib/engines/model-files/checkpoint/finite-weights';
import { toFloat32 } from '@/lib/engines/model-files/checkpoint/to-float32';
import type { FlatTensor, ParameterLayout } from '@/lib/engines/training/network/parameter-layout';

/** All numbers of a network that training changes, in the order of its layout. */
export type FlatNumbers = {
  readonly parameters: Float32Array;
  /** Running means and variances of the normalisations. */
  readonly statistics: Float32Array;
};

/**
 * Reads a checkpoint's parameters and running statistics into flat vectors, in single precision whatever the file holds. Rejects
 * with a `Fault` that names a tensor that is damaged or not finite.
 */
export async function readParameters(checkpoint: Checkpoint, layout: ParameterLayout): Promise<FlatNumbers> {
  const statistics = layout.norms.flatMap(({ mean, variance }) => [mean, variance]);
  return {
    parameters: await readTensors(checkpoint, layout.parameters, layout.parameterCount),
    statistics: await readTensors(checkpoint, statistics, layout.statisticCount),
  };
}

async function readTensors(
  checkpoint: Checkpoint,
  places: readonly FlatTensor[],
  count: number,
): Promise<Float32Array> {
  const flat = new Float32Array(count);
  for (const { name, offset, length } of places) {
    const tensor = tensorNamed(checkpoint, name);
    const values = toFloat32(await tensor.read(), tensor.dtype);
    if (values.length !== length) throw damagedCheckpoint(`${quoted(name)} has ${values.length} of ${length} numbers`);
    refuseNotFinite(values, name);
    flat.set(values, offset);
  }
  return flat;
}

function tensorNamed({ model }: Checkpoint, name: string): CheckpointTensor {
  const { owner, tensorName } = splitName(name);
  const node = optionalChild(model, owner);
  return present(node?.parameters.get(tensorName) ?? node?.buffers.get(tensorName), name);
}

/** `model.0.conv.weight` as the module's path and the tensor's own name. */
function splitName(name: string): { readonly owner: string; readonly tensorName: string } {
  const dot = name.lastIndexOf('.');
  return { owner: name.slice(0, dot), tensorName: name.slice(dot + 1) };
}
