import { describe, expect, it } from 'vitest';
import { withLabels } from '@/components/train/document/train-document';
import { stepWords } from '@/components/train/panels/step-words';
import { somePicture } from '@/components/train/session/test-support/scripted-session';
import { initialTrainState, type TrainState } from '@/components/train/session/train-state';

function stateOf(count: number, epochs: number): TrainState {
  const images = Array.from({ length: count }, (_, k) => somePicture(`p${k}`));
  let { present } = initialTrainState.history;
  for (const { id } of images) present = withLabels(present, id, { objects: [], classId: null });
  return {
    ...initialTrainState,
    images,
    history: { past: [], present, future: [] },
    settings: { ...initialTrainState.settings, epochs, batch: 4 },
  };
}

describe('what is said of the length of a run', () => {
  it('counts steps of the pictures that are trained on, and says how many epochs a new network needs', () => {
    // Of 10 pictures 8 are trained on: two steps an epoch.
    expect(stepWords(stateOf(10, 30))).toMatch(/^60 steps are planned\..*500 and more, which is 250 epochs/);
    expect(stepWords(stateOf(10, 250))).toBe('500 steps are planned.');
  });

  it('says nothing where nothing is labelled', () => {
    expect(stepWords(initialTrainState)).toBeNull();
  });
});
