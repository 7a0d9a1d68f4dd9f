import type { StoreApi } from 'zustand/vanilla';
import { type CompareActions, createCompareActions } from '@/components/train/session/compare-actions';
import { createImageActions, type ImageActions } from '@/components/train/session/image-actions';
import { createLabelActions, type LabelActions } from '@/components/train/session/label-actions';
import { createModelActions, type ModelActions } from '@/components/train/session/model-actions';
import { createRunActions, type RunActions } from '@/components/train/session/run-actions';
import { createTrainCore, type TrainPorts } from '@/components/train/session/train-core';
import type { TrainState } from '@/components/train/session/train-state';

export type TrainActions = ModelActions & Omit<ImageActions, 'dispose'> & LabelActions & RunActions & CompareActions;

/** Everything one `/test/train` page knows and can do. */
export type TrainSession = {
  readonly store: StoreApi<TrainState>;
  readonly actions: TrainActions;
  /** Stops the workers and frees pictures and thumbnails. */
  readonly dispose: () => void;
};

/**
 * Makes the session of one page around the ports it is handed.
 *
 * @param threads How many the runtime trains with, asked when a run starts.
 */
export function createTrainSession(ports: TrainPorts, threads: () => number): TrainSession {
  const core = createTrainCore(ports);
  const models = createModelActions(core);
  const compare = createCompareActions(core);
  const { dispose: disposeImages, ...images } = createImageActions(core, {
    openModel: (file) => void models.openModelFile(file),
    onSelect: compare.refreshComparison,
  });
  const run = createRunActions(core, { onWeights: compare.refreshComparison, threads });
  return {
    store: core.store,
    actions: { ...models, ...images, ...createLabelActions(core), ...run, ...compare },
    dispose() {
      ports.trainer.dispose();
      disposeImages();
      ports.vision.dispose();
    },
  };
}
