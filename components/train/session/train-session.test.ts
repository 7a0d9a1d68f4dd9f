import { describe, expect, it } from 'vitest';
import { objectsOf } from '@/components/train/document/train-document';
import { scriptedSession, somePicture } from '@/components/train/session/test-support/scripted-session';
import type { RunOutcome, TrainingJob } from '@/lib/browser/training/training-job';
import { Fault } from '@/lib/core/fault';

const box = { x1: 10, y1: 20, x2: 50, y2: 60 };

function withPictures(count: number, session = scriptedSession()) {
  const images = Array.from({ length: count }, (_, index) => somePicture(`p${index}`));
  session.store.setState({ images, selectedImageId: images[0]?.id ?? null });
  return session;
}

function boxesOf({ store }: ReturnType<typeof scriptedSession>, imageId = 'p0') {
  return objectsOf(store.getState().history.present, imageId);
}

describe('labelling', () => {
  it('names a first class for somebody who has named none, and undoes both', () => {
    const session = withPictures(1);
    session.actions.addBox(box);
    expect(session.store.getState().history.present.names).toEqual(['object']);
    expect(boxesOf(session)).toMatchObject([{ classId: 0, box: { cx: 0.3, cy: 0.4, width: 0.4, height: 0.4 } }]);
    session.actions.undo();
    expect(boxesOf(session)).toEqual([]);
  });

  it('takes no box that is a slip of the hand', () => {
    const session = withPictures(1);
    session.actions.addBox({ x1: 10, y1: 10, x2: 11, y2: 80 });
    expect(boxesOf(session)).toEqual([]);
  });

  it('gives the selected box the chosen class, and the next one too', () => {
    const session = withPictures(1);
    for (const name of ['cat', 'dog']) session.actions.addClass(name);
    session.actions.chooseClass(0);
    session.actions.addBox(box);
    session.actions.chooseClass(1);
    session.actions.addBox({ ...box, x1: 60, x2: 90 });
    expect(boxesOf(session).map(({ classId }) => classId)).toEqual([1, 1]);
    session.actions.chooseClass(7);
    expect(boxesOf(session).map(({ classId }) => classId)).toEqual([1, 1]);
  });

  it('says that a picture is empty, but not of one with labels', () => {
    const session = withPictures(2);
    session.actions.toggleNothing();
    expect(session.store.getState().history.present.labels.get('p0')).toEqual({ objects: [], classId: null });
    session.actions.toggleNothing();
    session.actions.addBox(box);
    session.actions.toggleNothing();
    expect(boxesOf(session)).toHaveLength(1);
  });

  it('labels whole pictures where pictures are classified', () => {
    const session = withPictures(1);
    session.actions.useFresh('n', 'classify');
    session.actions.addClass('cat');
    session.actions.chooseClass(0);
    expect(session.store.getState().history.present.labels.get('p0')).toEqual({ objects: [], classId: 0 });
    session.actions.addBox(box);
    expect(boxesOf(session)).toEqual([]);
  });
});

describe('a run', () => {
  const ended: RunOutcome = { reason: 'completed', epoch: 1, seconds: 3, fault: null };

  it('trains what is labelled and tells what it hears', async () => {
    const jobs: TrainingJob[] = [];
    const session = withPictures(
      3,
      scriptedSession(async (job, { onEvent }) => {
        jobs.push(job);
        onEvent({ kind: 'notice', text: 'p0: It is cut.' });
        onEvent({ kind: 'step', epoch: 1, iteration: 1, losses: { box_loss: 2 }, imagesPerSecond: 4, secondsLeft: 9 });
        return ended;
      }),
    );
    session.actions.addBox(box);
    await session.actions.startRun();
    expect(jobs).toMatchObject([{ task: 'detect', names: ['object'], train: [{ path: 'p0' }], val: [{ path: 'p0' }] }]);
    const { run, record } = session.store.getState();
    expect(run).toEqual({ kind: 'ended', outcome: ended });
    expect(record).toMatchObject({ isHeldOut: false, trainCount: 1, notices: ['p0.png: It is cut.'] });
  });

  it('trains where it was told to', async () => {
    const backends: string[] = [];
    const session = withPictures(
      1,
      scriptedSession(async ({ settings }) => {
        backends.push(settings.backend);
        return ended;
      }),
    );
    session.actions.addBox(box);
    await session.actions.startRun();
    session.actions.changeSettings({ backend: 'webgpu' });
    await session.actions.startRun();
    expect(backends).toEqual(['wasm', 'webgpu']);
  });

  it.each([
    ['no class', 'No class has a name yet.', () => undefined],
    [
      'no label',
      'No picture is labelled yet.',
      (session: ReturnType<typeof scriptedSession>) => session.actions.addClass('cat'),
    ],
    [
      'empty pictures only',
      'All labelled pictures are marked as empty.',
      (session: ReturnType<typeof scriptedSession>) => {
        session.actions.addClass('cat');
        session.actions.toggleNothing();
      },
    ],
  ])('does not start with %s', async (_, found, prepare) => {
    const session = withPictures(1);
    prepare(session);
    await session.actions.startRun();
    expect(session.store.getState().run).toMatchObject({ kind: 'failed', fault: { found } });
  });

  it('says that boxes are no masks when the model was changed after labelling', async () => {
    const session = withPictures(1);
    session.actions.addBox(box);
    session.actions.useFresh('n', 'segment');
    await session.actions.startRun();
    const { run } = session.store.getState();
    expect(run.kind === 'failed' && run.fault.found).toMatch(/p0\.png has labels that are boxes only.*masks/);
  });

  it('takes classes of whole pictures for no boxes', async () => {
    const session = withPictures(1);
    session.actions.addBox(box);
    session.actions.useFresh('n', 'classify');
    await session.actions.startRun();
    expect(session.store.getState().run).toMatchObject({ fault: { found: 'No picture is labelled yet.' } });
  });

  it('does not start a second time, and stops when it is told to', async () => {
    let starts = 0;
    const session = withPictures(
      1,
      scriptedSession((_, { onEvent, signal }) => {
        starts++;
        onEvent({ kind: 'preparing', words: 'Reading the model' });
        return new Promise((resolve) => {
          signal.addEventListener('abort', () => resolve({ ...ended, reason: 'cancelled', epoch: 0 }));
        });
      }),
    );
    session.actions.addBox(box);
    const first = session.actions.startRun();
    await session.actions.startRun();
    session.actions.stopRun();
    await first;
    expect(starts).toBe(1);
    expect(session.store.getState().run).toMatchObject({ kind: 'ended', outcome: { reason: 'cancelled' } });
  });

  it('tells why it failed', async () => {
    const fault = new Fault({ code: 'out-of-memory', found: 'Too large.', remedy: 'Smaller.' });
    const session = withPictures(
      1,
      scriptedSession(() => Promise.reject(fault)),
    );
    session.actions.addBox(box);
    await session.actions.startRun();
    expect(session.store.getState().run).toEqual({ kind: 'failed', fault: fault.toPlain() });
  });
});
