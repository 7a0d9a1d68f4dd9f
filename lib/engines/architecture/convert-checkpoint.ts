import { present } from '@/lib/core/assert';
import { buildNetwork, type Network } from '@/lib/engines/architecture/build-network';
import type { ConvertOptions } from '@/lib/engines/architecture/convert-options';
import { converterVersion } from '@/lib/engines/architecture/converter-version';
import { metadataProps } from '@/lib/engines/architecture/metadata-props';
import { readWeights } from '@/lib/engines/architecture/read-weights';
import { inputStride, resolveSettings } from '@/lib/engines/architecture/resolve-settings';
import { sameExtent } from '@/lib/engines/graph/extent';
import { cast } from '@/lib/engines/graph/unary';
import type { Value } from '@/lib/engines/graph/value';
import type { Checkpoint } from '@/lib/engines/model-files/checkpoint/checkpoint';
import { readCheckpointFacts } from '@/lib/engines/model-files/checkpoint/checkpoint-facts';
import { writeOnnx } from '@/lib/engines/model-files/onnx-writer';

/** A checkpoint as an ONNX file. */
export type ConvertedModel = {
  readonly bytes: Uint8Array;
  /** What the file says about itself (metadata_props). */
  readonly metadata: Readonly<Record<string, string>>;
};

const producer = { name: 'sightline', version: String(converterVersion) };

/**
 * Rebuilds the network of a checkpoint as an ONNX file with the interface of the package's own export: input `images`
 * [batch, 3, height, width], float32 in 0…1; outputs `output0` and, with masks, `output1`, float32 (class maps uint8).
 * The source of the checkpoint must still be readable. `onProgress` hears the finished share, from 0 to 1.
 *
 * Rejects with a `Fault`: `model-unsupported` (it names the module that cannot be rebuilt), `model-not-finite` and
 * `model-damaged` (they name the tensor), `input-invalid` (it names the option).
 */
export async function convertCheckpoint(
  checkpoint: Checkpoint,
  options: ConvertOptions = {},
  onProgress?: (share: number) => void,
): Promise<ConvertedModel> {
  const facts = await readCheckpointFacts(checkpoint);
  const settings = resolveSettings(facts, options);
  const images = { channels: facts.channels, stride: inputStride(facts) };
  const network = buildNetwork(checkpoint.model, settings, images);
  const { graph, weights, outputs } = network;
  for (const [index, output] of outputs.entries()) {
    const wide = output.elementType === 'float16' ? cast(graph, output, 'float32') : output;
    graph.output(`output${index}`, wide, axisNames(network, output));
  }
  // Large checkpoints leave no memory for two copies of their weights: these are computed into the finished file.
  const rooms = new Map<string, Uint8Array>();
  for (const { value } of weights.planned) graph.reserve(value, (room) => rooms.set(value.name, room));
  const metadata = metadataProps(checkpoint, facts, settings);
  const bytes = writeOnnx({
    irVersion: irVersionOf(settings.opset),
    opsets: { '': settings.opset },
    producer,
    graph: graph.finish(),
    metadata,
  });
  await readWeights(weights, ({ name }, computed) => present(rooms.get(name), name).set(computed), onProgress);
  return { bytes, metadata };
}

/** Of axes that are as long as one of the images', the name of that; the others write their expression. */
function axisNames({ input }: Network, output: Value): readonly (string | null)[] {
  const [, , height, width] = input.shape;
  return output.shape.map((extent) => {
    if (sameExtent(extent, height)) return 'height';
    return sameExtent(extent, width) ? 'width' : null;
  });
}

/** The oldest version of the format that has the operator set (https://github.com/onnx/onnx/blob/main/docs/Versioning.md). */
function irVersionOf(opset: number): number {
  if (opset < 15) return 7;
  if (opset < 19) return 8;
  return opset < 21 ? 9 : 10;
}
