import { describe, expect, it } from 'vitest';
import { overviewFacts } from '@/components/models/overview-facts';
import { someModel } from '@/components/models/test-support/some-model';

const textOf = (label: string, model = someModel()) => overviewFacts(model).find((fact) => fact.label === label);

describe('the facts of a model', () => {
  it('are those of its file', () => {
    expect(textOf('Input')).toMatchObject({ text: '640 × 640', note: 'fixed' });
    expect(textOf('GFLOPs')).toMatchObject({ text: '8.7' });
    expect(textOf('Precision')).toMatchObject({ text: 'fp32', note: 'opset 17' });
  });

  it('say how free the input is', () => {
    const model = someModel({ inputSize: { width: 640, height: 640, dynamic: true }, stride: 64 });
    expect(textOf('Input', model)?.note).toBe('or any multiple of 64');
  });

  it('leave out what is not known instead of showing a nought', () => {
    const model = { ...someModel(), task: null, classCount: null, metadata: null };
    expect(overviewFacts(model).map(({ label }) => label)).toEqual(['Size']);
    expect(overviewFacts({ ...model, file: null })).toEqual([]);
  });
});
