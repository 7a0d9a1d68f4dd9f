import { describe, expect, it } from 'vitest';
import { allDone, image, modelFile, names, startSession } from '@/components/test/session/test-support/started-session';

describe('a session of the Test page', () => {
  it('predicts every image once, and changes thresholds without predicting again', async () => {
    const { session, predicted } = startSession();
    await session.actions.addModelFiles([modelFile('m')]);
    session.actions.addImages([image('a.png'), image('b.png')]);
    await allDone(session);
    expect(predicted).toHaveLength(2);
    expect(names(session)).toEqual(['person', 'bus']);

    session.actions.setThresholds({ conf: 0.5 });
    expect(names(session)).toEqual(['person']);
    session.actions.setThresholds({ conf: 0.25, classes: [1] });
    expect(names(session)).toEqual(['bus']);
    expect(predicted).toHaveLength(2);
  });

  it('runs images that were there before the model', async () => {
    const { session } = startSession();
    session.actions.addImages([image('a.png')]);
    expect(session.store.getState().images[0]?.run.status).toBe('idle');
    await session.actions.addModelFiles([modelFile('m')]);
    await allDone(session);
    expect(names(session)).toEqual(['person', 'bus']);
  });

  it('keeps going after an image that is none, and keeps its fault at the image', async () => {
    const { session } = startSession();
    await session.actions.addModelFiles([modelFile('m')]);
    session.actions.addImages([image('a.png', 'not an image'), image('b.png')]);
    await allDone(session);
    const [first, second] = session.store.getState().images;
    expect(first?.run).toMatchObject({ status: 'failed', fault: { code: 'image-not-an-image' } });
    expect(second?.run.status).toBe('done');
  });

  it('runs again after the image size changed, the image that is looked at first', async () => {
    const { session, predicted } = startSession();
    await session.actions.addModelFiles([modelFile('m')]);
    session.actions.addImages([image('a.png'), image('b.png')]);
    await allDone(session);
    session.actions.selectNeighbour(1);
    session.actions.setImgsz(320);
    await allDone(session);
    expect(predicted.slice(2).map(({ imgsz }) => imgsz)).toEqual([320, 320]);
    const [firstAgain] = predicted.slice(2);
    expect(firstAgain?.image.kind === 'blob' && (await firstAgain.image.blob.text())).toBe('b.png');
  });

  it('visits every result for an export, without images that cannot be read', async () => {
    const { session } = startSession();
    await session.actions.addModelFiles([modelFile('m')]);
    session.actions.addImages([image('a.png'), image('b.png', 'not an image'), image('c.png')]);
    await allDone(session);
    const visited: string[] = [];
    await session.visitResults(async ({ imageName }) => void visited.push(imageName), {
      withBitmaps: false,
      signal: new AbortController().signal,
    });
    expect(visited).toEqual(['a.png', 'c.png']);
  });

  it('tells that a camera is missing and goes back to the images', async () => {
    const { session } = startSession();
    await session.actions.addModelFiles([modelFile('m')]);
    session.actions.addImages([image('a.png')]);
    await session.actions.openCamera({ kind: 'facing', facing: 'user' });
    expect(session.store.getState().live).toMatchObject({ kind: 'failed', fault: { code: 'camera-unavailable' } });
    session.actions.closeLive();
    await allDone(session);
    expect(names(session)).toEqual(['person', 'bus']);
  });
});
