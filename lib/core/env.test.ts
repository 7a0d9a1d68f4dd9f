import { describe, expect, it } from 'vitest';
import { parseEnvironment } from '@/lib/core/env';

describe('parseEnvironment', () => {
  it('defaults to production', () => {
    expect(parseEnvironment({}).NODE_ENV).toBe('production');
  });

  it('names the variable, what was expected and what was found', () => {
    expect(() => parseEnvironment({ NODE_ENV: 'prod' })).toThrow(/NODE_ENV: .*"development".*\(found "prod"\)/);
  });
});
