import {
  type ImageEntry,
  type ImageRun,
  type ResultSummary,
  runnableModel,
  type TestState,
} from '@/components/test/session/test-state';
import type { PlainFault } from '@/lib/core/fault';
import type { Size } from '@/lib/engines/geometry/shape';

/** A file that is about to become an image of the strip. */
export type NewImage = { readonly id: string; readonly name: string; readonly blob: Blob };

/** Appends images; the first of them is selected, unless an image is already being looked at. */
export function addImages(state: TestState, added: readonly NewImage[], now: number): TestState {
  if (added.length === 0) return state;
  const run: ImageRun = { status: runnableModel(state, state.activeModelKey) ? 'waiting' : 'idle' };
  const entries = added.map((image): ImageEntry => ({ ...image, size: null, thumbnailUrl: null, run, summary: null }));
  const selected = state.selectedImageId ?? entries[0]?.id ?? null;
  return withBatch(
    { ...state, images: [...state.images, ...entries], selectedImageId: selected, inputFault: null },
    now,
  );
}

/** Takes images away; when the selected one goes, its right neighbour (else the left one) is selected. */
export function removeImages(state: TestState, ids: ReadonlySet<string>, now: number): TestState {
  const images = state.images.filter((image) => !ids.has(image.id));
  if (state.selectedImageId === null || !ids.has(state.selectedImageId)) return withBatch({ ...state, images }, now);
  const at = state.images.findIndex((image) => image.id === state.selectedImageId);
  const kept = (image: ImageEntry): boolean => !ids.has(image.id);
  const neighbour = state.images.slice(at + 1).find(kept) ?? state.images.slice(0, at).findLast(kept) ?? null;
  return withBatch({ ...state, images, selectedImageId: neighbour?.id ?? null, ...noDetection }, now);
}

/** Puts a removed image back where it was. */
export function restoreImage(state: TestState, image: ImageEntry, index: number, now: number): TestState {
  if (state.images.some((other) => other.id === image.id)) return state;
  const run: ImageRun = image.run.status === 'running' ? { status: 'waiting' } : image.run;
  const images = state.images.toSpliced(index, 0, { ...image, run });
  return withBatch({ ...state, images, selectedImageId: image.id, ...noDetection }, now);
}

/** Looks at an image. One that was stopped is queued again, because looking at it asks for its result. */
export function selectImage(state: TestState, id: string): TestState {
  if (state.selectedImageId === id || !state.images.some((image) => image.id === id)) return state;
  const visited = mapImage(state, id, (image) =>
    image.run.status === 'stopped' ? { ...image, run: { status: 'waiting' } } : image,
  );
  return { ...visited, selectedImageId: id, ...noDetection };
}

/** The image `step` places further, stopping at both ends. */
export function selectNeighbour(state: TestState, step: number): TestState {
  const at = state.images.findIndex((image) => image.id === state.selectedImageId);
  const next = state.images[Math.min(state.images.length - 1, Math.max(0, at + step))];
  return next ? selectImage(state, next.id) : state;
}

/**
 * What the images mean after the model, its reading or the input size changed: everything is to be run again, unless its raw
 * output is at hand (`isAtHand`). Images that could not be decoded stay failed: no model changes that.
 */
export function invalidateRuns(state: TestState, isAtHand: (imageId: string) => boolean, now: number): TestState {
  const canRun = runnableModel(state, state.activeModelKey) !== null;
  const images = state.images.map((image): ImageEntry => {
    if (isImageFault(image.run)) return image;
    if (!canRun) return { ...image, run: { status: 'idle' }, summary: null };
    return { ...image, run: { status: isAtHand(image.id) ? 'done' : 'waiting' }, summary: null };
  });
  return withBatch({ ...state, images, batch: null, ...noDetection }, now);
}

export function markRunning(state: TestState, id: string): TestState {
  return mapImage(state, id, (image) => ({ ...image, run: { status: 'running' } }));
}

/** Records what the run of an image found. */
export function markDone(state: TestState, id: string, size: Size, summary: ResultSummary, now: number): TestState {
  const next = mapImage(state, id, (image) => ({ ...image, size, summary, run: { status: 'done' } }));
  return withBatch(countOne(next), now);
}

export function markFailed(state: TestState, id: string, fault: PlainFault, now: number): TestState {
  const next = mapImage(state, id, (image) => ({ ...image, summary: null, run: { status: 'failed', fault } }));
  return withBatch(countOne(next), now);
}

/** Stops what has not run yet. It stays in the strip and runs when it is looked at, or when the queue is resumed. */
export function stopQueue(state: TestState): TestState {
  const images = state.images.map((image) =>
    image.run.status === 'waiting' || image.run.status === 'running'
      ? { ...image, run: { status: 'stopped' } as const }
      : image,
  );
  return { ...state, images, batch: null };
}

/** Queues again what was stopped or failed in a way another try can change. */
export function resumeQueue(state: TestState, now: number): TestState {
  const images = state.images.map((image) =>
    image.run.status === 'stopped' || image.run.status === 'idle'
      ? { ...image, run: { status: 'waiting' } as const }
      : image,
  );
  return withBatch({ ...state, images }, now);
}

export function retryImage(state: TestState, id: string, now: number): TestState {
  return withBatch(
    mapImage(state, id, (image) => ({ ...image, run: { status: 'waiting' } })),
    now,
  );
}

/** Applies a change to one image; states without it come back unchanged. */
export function mapImage(state: TestState, id: string, change: (image: ImageEntry) => ImageEntry): TestState {
  if (!state.images.some((image) => image.id === id)) return state;
  return { ...state, images: state.images.map((image) => (image.id === id ? change(image) : image)) };
}

/** Whether the image itself is at fault, so that no other model would help. */
function isImageFault(run: ImageRun): boolean {
  return run.status === 'failed' && run.fault.code.startsWith('image-');
}

const noDetection = { hoveredDetection: null, selectedDetection: null, probe: null } as const;

function countOne(state: TestState): TestState {
  return state.batch ? { ...state, batch: { ...state.batch, done: state.batch.done + 1 } } : state;
}

/** Keeps the batch in step with the queue: it begins with the first waiting image and ends with the last. */
function withBatch(state: TestState, now: number): TestState {
  const open = state.images.filter((image) => image.run.status === 'waiting' || image.run.status === 'running').length;
  if (open === 0) return state.batch ? { ...state, batch: null } : state;
  if (!state.batch) return { ...state, batch: { startedAt: now, done: 0, total: open } };
  return { ...state, batch: { ...state.batch, total: state.batch.done + open } };
}
