import { describe, expect, it } from 'vitest';
import { identityOf, smallSpec } from '@/components/test/session/test-support/session-fixtures';
import { objectsOf } from '@/components/train/document/train-document';
import { scriptedSession, somePicture } from '@/components/train/session/test-support/scripted-session';
import type { PredictReply, VisionClient } from '@/lib/browser/vision-protocol';
import type { ModelSpec } from '@/lib/engines/model-files/model-facts';
import { networkPlacement } from '@/lib/engines/vision/letterbox';
import type { Detection } from '@/lib/engines/vision/vision-result';

function detection(classId: number, box: Detection['box']): Detection {
  return { index: 0, classId, score: 0.9, box, oriented: null, mask: null, keypoints: null };
}

function replyOf(...detections: readonly Detection[]): PredictReply {
  return {
    result: { task: 'detect', image: { width: 100, height: 50 }, names: smallSpec.names, detections },
    output: {
      main: { data: new Float32Array(), dims: [1, 0] },
      prototypes: null,
      placement: networkPlacement(smallSpec, { width: 100, height: 50 }, null),
    },
    timings: { decode: 0, letterbox: 0, inference: 0, postprocess: 0 },
    backend: { backend: 'wasm', threads: 1, device: null, slowReasons: [] },
    bitmap: null,
  };
}

/** A page with one picture, classes in another order than the model’s, and a model that sees what a test says. */
function sessionSeeing(predict: VisionClient['predict']) {
  const session = scriptedSession(undefined, { predict });
  session.store.setState({
    model: { kind: 'file', name: 'birds.pt', file: new Blob(), modelId: 'id', spec: smallSpec, task: 'detect' },
    images: [somePicture('p0'), somePicture('p1')],
    selectedImageId: 'p0',
  });
  for (const name of ['bus', 'person']) session.actions.addClass(name);
  return session;
}

const bus = detection(1, { x1: 10, y1: 10, x2: 30, y2: 20 });

describe('labels from predictions', () => {
  it('are of the page’s classes by name, in fractions of the picture, and one step to undo', async () => {
    const outside = detection(0, { x1: -20, y1: 0, x2: 20, y2: 60 });
    const session = sessionSeeing(async () => replyOf(bus, outside, detection(2, bus.box)));
    await session.actions.startFromPredictions();
    const boxes = objectsOf(session.store.getState().history.present, 'p0');
    expect(boxes).toMatchObject([
      { classId: 0, box: { cx: 0.2, cy: 0.3, width: 0.2, height: 0.2 } },
      { classId: 1, box: { cx: 0.1, cy: 0.5, width: 0.2, height: 1 } },
    ]);
    session.actions.undo();
    expect(objectsOf(session.store.getState().history.present, 'p0')).toEqual([]);
  });

  it('say so where the model sees nothing of these classes, and leave what is there', async () => {
    const session = sessionSeeing(async () => replyOf(detection(2, bus.box)));
    session.actions.addBox({ x1: 10, y1: 10, x2: 30, y2: 30 });
    await session.actions.startFromPredictions();
    expect(session.store.getState().inputFault?.found).toContain('sees nothing');
    expect(objectsOf(session.store.getState().history.present, 'p0')).toHaveLength(1);
  });

  it('stay with the picture that was asked for, and with none where it is gone', async () => {
    let answer: (reply: PredictReply) => void = () => undefined;
    const session = sessionSeeing(() => new Promise((resolve) => (answer = resolve)));
    const first = session.actions.startFromPredictions();
    session.actions.selectImage('p1');
    answer(replyOf(bus));
    await first;
    expect([...session.store.getState().history.present.labels.keys()]).toEqual(['p0']);

    const second = session.actions.startFromPredictions();
    session.actions.removeImage('p1');
    answer(replyOf(bus));
    await second;
    expect([...session.store.getState().history.present.labels.keys()]).toEqual(['p0']);
  });

  it('of poses have as many keypoints as the model', async () => {
    const keypoints = { count: 2, dims: 3 } as const;
    const spec: ModelSpec = {
      ...smallSpec,
      task: 'pose',
      head: { ...smallSpec.head, task: 'pose', keypoints },
      kptNames: ['nose', 'tail'],
    };
    const session = scriptedSession(undefined, {
      openModel: async () => ({
        modelId: 'id',
        identity: identityOf([{ spec, label: 'Pose', reason: 'test' }]),
        conversion: { origin: 'made', milliseconds: 1 },
      }),
    });
    await session.actions.openModelFile(new File([], 'dogs.pt'));
    expect(session.store.getState().skeleton).toEqual({
      keypoints,
      flipIndices: null,
      names: ['nose', 'tail'],
      sigmas: null,
    });
  });

  it('tell why the model could not answer', async () => {
    const session = sessionSeeing(() => Promise.reject(new Error('lost')));
    await session.actions.startFromPredictions();
    expect(session.store.getState().inputFault?.found).toContain('lost');
  });
});
