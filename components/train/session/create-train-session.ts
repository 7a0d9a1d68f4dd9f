import type { StoreApi } from 'zustand/vanilla';
import { type CompareActions, createCompareActions } from '@/components/train/session/compare-actions';
import { createDraftActions, type DraftActions } from '@/components/train/session/draft-actions';
import { createImageActions, type ImageActions } from '@/components/train/session/image-actions';
import { createLabelActions, type LabelActions } from '@/components/train/session/label-actions';
import { createModelActions, type ModelActions } from '@/components/train/session/model-actions';
import { createRunActions, type RunActions } from '@/components/train/session/run-actions';
import { createTrainCore, type TrainPorts } from '@/components/train/session/train-core';
import type { TrainState } from '@/components/train/session/train-state';

export type TrainActions = ModelActions &
  Omit<ImageActions, 'dispose' | 'addImages'> &
  LabelActions &
  RunActions &
  CompareActions &
  Omit<DraftActions, 'stopKeeping'>;

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
  const {
    dispose: disposeImages,
    addImages,
    ...images
  } = createImageActions(core, {
    openModel: (file) => void models.openModelFile(file),
    onSelect: compare.refreshComparison,
  });
  const run = createRunActions(core, { onWeights: compare.refreshComparison, threads });
  const { stopKeeping, ...drafts } = createDraftActions(core, {
    addImages,
    selectImage: images.selectImage,
    openStoredModel: models.openStoredModel,
  });
  return {
    store: core.store,
    actions: { ...models, ...images, ...createLabelActions(core), ...run, ...compare, ...drafts },
    dispose() {
      stopKeeping();
      ports.trainer.dispose();
      disposeImages();
      ports.vision.dispose();
    },
  };
}
