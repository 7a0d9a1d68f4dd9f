import { describe, expect, it } from 'vitest';
import { currentStep, nextSteps } from '@/components/home/next-steps';

const nothing = { projects: 0, models: 0, keys: 0, hasUsedKey: false };

describe('the first steps', () => {
  it('begin with a project and end when a key was used', () => {
    expect(currentStep(nextSteps(nothing))).toBe('project');
    expect(currentStep(nextSteps({ ...nothing, projects: 1 }))).toBe('model');
    expect(currentStep(nextSteps({ ...nothing, projects: 1, models: 2 }))).toBe('key');
    expect(currentStep(nextSteps({ projects: 1, models: 2, keys: 1, hasUsedKey: false }))).toBe('call');
    expect(currentStep(nextSteps({ projects: 1, models: 2, keys: 1, hasUsedKey: true }))).toBeNull();
  });

  it('keep what was done in another order', () => {
    const steps = nextSteps({ ...nothing, keys: 1 });
    expect(steps.filter(({ isDone }) => isDone).map(({ id }) => id)).toEqual(['key']);
    expect(currentStep(steps)).toBe('project');
  });
});
