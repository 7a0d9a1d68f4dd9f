import {
  type ImageEntry,
  type ReadyModel,
  runKey,
  runnableModel,
  type TestState,
} from '@/components/test/session/test-state';

export type Job =
  /** Run a model on an image; `secondary` for the compared model. */
  | {
      readonly kind: 'predict';
      readonly imageId: string;
      readonly model: ReadyModel & { readonly key: string };
      readonly role: 'primary' | 'secondary';
      readonly key: string;
    }
  /** Only decode it, for the stage or for its thumbnail. */
  | { readonly kind: 'decode'; readonly imageId: string };

/** What is kept of earlier work. */
export type AtHand = {
  readonly hasRun: (key: string) => boolean;
  readonly hasBitmap: (imageId: string) => boolean;
};

/**
 * What to do next, or null: first whatever the selected image lacks, then the queue in order, then missing thumbnails.
 * Live sources own the predictor while they run, so nothing else is started.
 */
export function nextJob(state: TestState, atHand: AtHand): Job | null {
  if (state.live.kind !== 'off' && state.live.kind !== 'failed') return null;
  const model = runnableModel(state, state.activeModelKey);
  const selected = state.images.find((image) => image.id === state.selectedImageId);
  return (
    (selected && jobForSelected(state, selected, model, atHand)) ?? jobForQueue(state, model) ?? jobForThumbnail(state)
  );
}

function jobForSelected(
  state: TestState,
  image: ImageEntry,
  model: (ReadyModel & { readonly key: string }) | null,
  atHand: AtHand,
): Job | null {
  if (image.run.status === 'failed') return null;
  if (model && image.run.status !== 'stopped') {
    const key = runKey(image.id, model, state.imgsz);
    if (!atHand.hasRun(key)) return { kind: 'predict', imageId: image.id, model, role: 'primary', key };
  }
  if (!atHand.hasBitmap(image.id)) return { kind: 'decode', imageId: image.id };
  const other = runnableModel(state, state.compareModelKey);
  if (!other) return null;
  const key = runKey(image.id, other, state.imgsz);
  return atHand.hasRun(key) ? null : { kind: 'predict', imageId: image.id, model: other, role: 'secondary', key };
}

function jobForQueue(state: TestState, model: (ReadyModel & { readonly key: string }) | null): Job | null {
  if (!model) return null;
  const waiting = state.images.find((image) => image.run.status === 'waiting');
  if (!waiting) return null;
  const key = runKey(waiting.id, model, state.imgsz);
  return { kind: 'predict', imageId: waiting.id, model, role: 'primary', key };
}

function jobForThumbnail(state: TestState): Job | null {
  const bare = state.images.find((image) => image.thumbnailUrl === null && image.run.status !== 'failed');
  return bare ? { kind: 'decode', imageId: bare.id } : null;
}
