import { describe, expect, it } from 'vitest';
import {
  addImages,
  invalidateRuns,
  markDone,
  markFailed,
  markRunning,
  removeImages,
  restoreImage,
  resumeQueue,
  selectImage,
  selectNeighbour,
  stopQueue,
} from '@/components/test/session/image-transitions';
import { nextJob } from '@/components/test/session/next-job';
import { initialTestState, type ResultSummary, type TestState } from '@/components/test/session/test-state';
import { readyModel, withImages, withModel } from '@/components/test/session/test-support/session-fixtures';

const nothing = { hasRun: () => false, hasBitmap: () => false };
const summary: ResultSummary = { text: '1 bus', short: '1', classIds: [5] };
const size = { width: 8, height: 6 };

function statuses(state: TestState): string[] {
  return state.images.map((image) => image.run.status);
}

describe('the queue of images', () => {
  it('waits for a model, then runs every image', () => {
    const idle = withImages(initialTestState, 'a', 'b');
    expect(statuses(idle)).toEqual(['idle', 'idle']);
    expect(statuses(invalidateRuns(withModel(idle), () => false, 0))).toEqual(['waiting', 'waiting']);
  });

  it('counts a batch from its first image to its last', () => {
    const queued = withImages(withModel(initialTestState), 'a', 'b');
    expect(queued.batch).toEqual({ startedAt: 0, done: 0, total: 2 });
    const half = markDone(markRunning(queued, 'a'), 'a', size, summary, 5);
    expect(half.batch).toEqual({ startedAt: 0, done: 1, total: 2 });
    expect(markFailed(half, 'b', { code: 'image-empty', found: '', remedy: '' }, 9).batch).toBeNull();
  });

  it('keeps images that cannot be decoded failed when the model changes', () => {
    const failed = markFailed(withImages(withModel(initialTestState), 'a', 'b'), 'a', imageFault, 0);
    expect(statuses(invalidateRuns(failed, () => false, 0))).toEqual(['failed', 'waiting']);
  });

  it('needs no run where the raw output is at hand', () => {
    const queued = withImages(withModel(initialTestState), 'a', 'b');
    expect(statuses(invalidateRuns(queued, (id) => id === 'b', 0))).toEqual(['waiting', 'done']);
  });

  it('stops what has not run, and runs it when it is looked at or resumed', () => {
    const stopped = stopQueue(withImages(withModel(initialTestState), 'a', 'b', 'c'));
    expect(statuses(stopped)).toEqual(['stopped', 'stopped', 'stopped']);
    expect(nextJob(stopped, { ...nothing, hasBitmap: () => true })?.kind).not.toBe('predict');
    expect(statuses(selectImage(stopped, 'b'))).toEqual(['stopped', 'waiting', 'stopped']);
    expect(statuses(resumeQueue(stopped, 0))).toEqual(['waiting', 'waiting', 'waiting']);
  });
});

describe('the selection', () => {
  it('moves to the right neighbour when the selected image goes, and back with it', () => {
    const three = selectImage(withImages(initialTestState, 'a', 'b', 'c'), 'b');
    const image = three.images[1];
    const two = removeImages(three, new Set(['b']), 0);
    expect(two.selectedImageId).toBe('c');
    expect(removeImages(two, new Set(['c']), 0).selectedImageId).toBe('a');
    const back = image ? restoreImage(two, image, 1, 0) : two;
    expect(back.images.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(back.selectedImageId).toBe('b');
  });

  it('stops at both ends of the strip', () => {
    const two = withImages(initialTestState, 'a', 'b');
    expect(selectNeighbour(two, -1).selectedImageId).toBe('a');
    expect(selectNeighbour(selectNeighbour(two, 1), 1).selectedImageId).toBe('b');
  });

  it('forgets the selected detection with its image', () => {
    const two = { ...withImages(initialTestState, 'a', 'b'), selectedDetection: 7 };
    expect(selectImage(two, 'b').selectedDetection).toBeNull();
  });
});

describe('the next job', () => {
  it('takes the selected image before the queue', () => {
    const state = selectImage(withImages(withModel(initialTestState), 'a', 'b'), 'b');
    expect(nextJob(state, nothing)).toMatchObject({ kind: 'predict', imageId: 'b', role: 'primary' });
  });

  it('runs the compared model on the selected image before the rest of the queue', () => {
    const state = withModel(withImages(withModel(initialTestState), 'a', 'b'), readyModel('other'));
    const compared = { ...state, compareModelKey: 'other' };
    const atHand = { hasRun: (key: string) => key.startsWith('a|model'), hasBitmap: () => true };
    expect(nextJob(compared, atHand)).toMatchObject({ kind: 'predict', imageId: 'a', role: 'secondary' });
  });

  it('decodes for the stage while there is no model', () => {
    expect(nextJob(withImages(initialTestState, 'a'), nothing)).toEqual({ kind: 'decode', imageId: 'a' });
  });

  it('leaves a broken image alone and goes on with the next', () => {
    const state = markFailed(withImages(withModel(initialTestState), 'a', 'b'), 'a', imageFault, 0);
    expect(nextJob(state, nothing)).toMatchObject({ imageId: 'b' });
  });

  it('starts nothing while a camera owns the predictor', () => {
    const state = withImages(withModel(initialTestState), 'a');
    expect(nextJob({ ...state, live: { kind: 'camera', name: 'c', framesPerSecond: null } }, nothing)).toBeNull();
  });

  it('is none when everything has run and has its thumbnail', () => {
    const done = markDone(withImages(withModel(initialTestState), 'a'), 'a', size, summary, 0);
    const pictured = { ...done, images: done.images.map((image) => ({ ...image, thumbnailUrl: 'blob:a' })) };
    expect(nextJob(pictured, { hasRun: () => true, hasBitmap: () => true })).toBeNull();
  });

  it('runs an image again whose output was evicted, when it is looked at', () => {
    const done = markDone(withImages(withModel(initialTestState), 'a'), 'a', size, summary, 0);
    expect(nextJob(done, { hasRun: () => false, hasBitmap: () => true })).toMatchObject({ kind: 'predict' });
  });
});

const imageFault = { code: 'image-not-an-image', found: 'This is text.', remedy: 'Drop an image.' } as const;

describe('adding images', () => {
  it('changes nothing for an empty drop', () => {
    expect(addImages(initialTestState, [], 0)).toBe(initialTestState);
  });
});
