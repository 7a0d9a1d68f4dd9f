import { describe, expect, it } from 'vitest';
import {
  activateModel,
  addModel,
  adoptStored,
  blameModel,
  forgiveModels,
  openedModel,
  pickReading,
  removeModel,
  restoreModel,
} from '@/components/test/session/model-transitions';
import { initialTestState, runnableModel } from '@/components/test/session/test-state';
import {
  identityOf,
  readyModel,
  smallIdentity,
  smallSpec,
  withImages,
  withModel,
} from '@/components/test/session/test-support/session-fixtures';

const file = new Blob(['onnx']);
const fault = { code: 'runtime-failed', found: 'It failed.', remedy: 'Try again.' } as const;

describe('models of the panel', () => {
  it('uses a dropped model and lists the same file once', () => {
    const opened = { modelId: 'sha', identity: smallIdentity, conversion: null };
    const once = openedModel(addModel(initialTestState, 'k1', 'a.onnx', 4), 'k1', file, opened, null, true);
    const twice = openedModel(addModel(once, 'k2', 'b.onnx', 4), 'k2', file, opened, null, true);
    expect(twice.models.map(({ key }) => key)).toEqual(['k2']);
    expect(twice.activeModelKey).toBe('k2');
  });

  it('asks when several readings fit, and never again once one was picked', () => {
    const two = identityOf([
      { spec: smallSpec, label: 'Detect, 3 classes', reason: 'a' },
      { spec: smallSpec, label: 'Pose, 1 class', reason: 'b' },
    ]);
    const added = addModel(initialTestState, 'k', 'a.onnx', 4);
    const asked = openedModel(added, 'k', file, { modelId: 'm', identity: two, conversion: null }, null, true);
    expect(asked.models[0]?.content).toMatchObject({ settled: false, readingIndex: 0 });
    expect(pickReading(asked, 'k', 1).models[0]?.content).toMatchObject({ settled: true, readingIndex: 1 });
    const remembered = openedModel(added, 'k', file, { modelId: 'm', identity: two, conversion: null }, 1, true);
    expect(remembered.models[0]?.content).toMatchObject({ settled: true, readingIndex: 1 });
  });

  it('runs nothing more with a model that failed, until it is forgiven', () => {
    const state = withImages(withModel(initialTestState), 'a');
    const blamed = blameModel(state, 'model', fault, 0);
    expect(runnableModel(blamed, 'model')).toBeNull();
    expect(blamed.images[0]?.run.status).toBe('idle');
    expect(runnableModel(forgiveModels(blamed), 'model')).not.toBeNull();
  });

  it('hands over to another ready model on removal, and comes back in its place', () => {
    const two = withModel(withModel(initialTestState), readyModel('other'));
    const model = two.models[0];
    const one = removeModel(two, 'model');
    expect(one.activeModelKey).toBe('other');
    const back = model ? restoreModel(one, model, 0) : one;
    expect(back.models.map(({ key }) => key)).toEqual(['model', 'other']);
  });

  it('swaps the two models when the compared one is put into use', () => {
    const two = { ...withModel(withModel(initialTestState), readyModel('other')), compareModelKey: 'other' };
    expect(activateModel(two, 'other')).toMatchObject({ activeModelKey: 'other', compareModelKey: 'model' });
  });

  it('drops class choices with the names they were made for, and keeps them for the same names', () => {
    const chosen = { ...withModel(withModel(initialTestState), readyModel('same')), hiddenClasses: new Set([1]) };
    expect(activateModel(chosen, 'same').hiddenClasses.size).toBe(1);
    const other = identityOf([{ spec: { ...smallSpec, names: ['cat'] }, label: 'Detect, 1 class', reason: '' }]);
    const withOther = withModel(chosen, readyModel('cats', other));
    expect(activateModel(withOther, 'cats').hiddenClasses.size).toBe(0);
  });

  it('does not list a remembered model twice', () => {
    const state = withModel(initialTestState, readyModel('sha'));
    const stored = { id: 'sha', name: 'a.onnx', sizeBytes: 4, addedAt: 0, readingIndex: null };
    expect(adoptStored(state, [stored])).toBe(state);
  });
});
