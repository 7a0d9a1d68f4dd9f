import type { FeatureMap } from '@/lib/engines/architecture/test-support/oracle/feature-map';
import type { Value } from '@/lib/engines/graph/value';
import type { Checkpoint } from '@/lib/engines/model-files/checkpoint/checkpoint';
import {
  buildTrainingNetwork,
  type TrainingNetwork,
  type TrainingSpec,
} from '@/lib/engines/training/network/build-training-network';
import { type FlatNumbers, readParameters } from '@/lib/engines/training/network/read-parameters';
import { graphBytes } from '@/lib/engines/training/step/graph-bytes';
import { floatsOf, loadGraph, vectorFeeds } from '@/lib/engines/training/step/graph-session';
import { nodeSessionFactory } from '@/lib/platform/runtime/onnx-node-session';

/** Numbers of a value for one image, and its shape. */
export type RawAnswer = { readonly data: Float32Array; readonly shape: readonly number[] };

/**
 * Runs a network as it is built for training, with running statistics, on one image, and gives what `chosen` picks of its raw
 * outputs. `numbers` in place of the checkpoint's own.
 */
export async function rawAnswers(
  checkpoint: Checkpoint,
  image: FeatureMap,
  chosen: (network: TrainingNetwork) => Readonly<Record<string, Value>>,
  { numbers, freeze }: Pick<TrainingSpec, 'freeze'> & { readonly numbers?: FlatNumbers } = {},
): Promise<Readonly<Record<string, RawAnswer>>> {
  const network = await buildTrainingNetwork(checkpoint, {
    imgsz: [image.height, image.width],
    batch: 1,
    freeze,
    normalisedBy: 'running',
  });
  const values = chosen(network);
  for (const [name, value] of Object.entries(values)) network.graph.output(name, value);
  const { parameters, statistics } = numbers ?? (await readParameters(checkpoint, network.layout));
  const session = await loadGraph(nodeSessionFactory({ threads: 1 }), graphBytes(network.graph));
  try {
    const answers = await session.run({
      images: {
        type: 'float32',
        data: Float32Array.from(image.data),
        dims: [1, image.channels, image.height, image.width],
      },
      ...vectorFeeds([
        ['parameters', parameters],
        ['statistics', statistics],
      ]),
    });
    return Object.fromEntries(
      Object.entries(values).map(([name, { shape }]) => [
        name,
        { data: floatsOf(answers, name), shape: shape.map(Number) },
      ]),
    );
  } finally {
    await session.dispose();
  }
}
