import { describe, expect, it } from 'vitest';
import { resultStatus } from '@/components/test/result-status';
import { markFailed } from '@/components/test/session/image-transitions';
import { addModel, blameModel, refuseModel } from '@/components/test/session/model-transitions';
import { initialTestState } from '@/components/test/session/test-state';
import { withImages, withModel } from '@/components/test/session/test-support/session-fixtures';

const fault = { code: 'image-empty', found: 'Empty.', remedy: 'Copy it again.' } as const;

describe('what programs are told about the page', () => {
  it('is idle until there are a model and an image', () => {
    expect(resultStatus(initialTestState)).toBe('idle');
    expect(resultStatus(withImages(initialTestState, 'a'))).toBe('idle');
    expect(resultStatus(withModel(initialTestState))).toBe('idle');
  });

  it('is loading while a model is read, then running until there is a result', () => {
    const withImage = withImages(initialTestState, 'a');
    expect(resultStatus(addModel(withImage, 'k', 'a.onnx', 1))).toBe('loading');
    expect(resultStatus(withModel(withImage))).toBe('running');
  });

  it('is an error when the model or the image that is looked at is at fault', () => {
    const state = withImages(withModel(initialTestState), 'a', 'b');
    expect(resultStatus(markFailed(state, 'a', fault, 0))).toBe('error');
    expect(resultStatus(markFailed(state, 'b', fault, 0))).toBe('running');
    expect(resultStatus(blameModel(state, 'model', fault, 0))).toBe('error');
    expect(resultStatus(refuseModel(addModel(initialTestState, 'k', 'a.onnx', 1), 'k', fault))).toBe('error');
  });
});
