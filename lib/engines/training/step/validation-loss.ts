import type { TrainingBatch } from '@/lib/engines/training/batch/training-batch';
import type { LossParts } from '@/lib/engines/training/losses/loss-parts';
import type { TrainingNetwork } from '@/lib/engines/training/network/build-training-network';
import type { FlatNumbers } from '@/lib/engines/training/network/read-parameters';
import { batchFeeds } from '@/lib/engines/training/step/batch-feeds';
import { graphBytes } from '@/lib/engines/training/step/graph-bytes';
import { loadGraph, numberOf, vectorFeeds } from '@/lib/engines/training/step/graph-session';
import { itemOutput } from '@/lib/engines/training/step/step-graph';
import type { SessionFactory, VisionSession } from '@/lib/engines/vision/session';

/** The losses of images that a network is not trained with, in the order of the loss's items. */
export type ValidationLoss = {
  run(batch: TrainingBatch, numbers: FlatNumbers): Promise<readonly number[]>;
  dispose(): Promise<void>;
};

/**
 * Loads the forward half of a step, for a network that was built with `normalisedBy: 'running'`. Rejects with the `Fault`s of the
 * session factory.
 */
export async function createValidationLoss(
  network: TrainingNetwork,
  { items }: LossParts,
  sessions: SessionFactory,
): Promise<ValidationLoss> {
  for (const { name, value } of items) network.graph.output(itemOutput(name), value);
  const session: VisionSession = await loadGraph(sessions, graphBytes(network.graph));
  return {
    async run(batch, { parameters, statistics }) {
      const answers = await session.run({
        ...batchFeeds(batch, network.channels),
        ...vectorFeeds([
          ['parameters', parameters],
          ['statistics', statistics],
        ]),
      });
      return items.map(({ name }) => numberOf(answers, itemOutput(name)));
    },
    dispose: () => session.dispose(),
  };
}
