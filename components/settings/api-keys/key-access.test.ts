import { describe, expect, it } from 'vitest';
import { scopesOf, scopeWords } from '@/components/settings/api-keys/key-access';

describe('scopesOf', () => {
  it('asks for no more than was chosen', () => {
    expect(scopesOf({})).toEqual([]);
    expect(scopesOf({ projects: 'read', models: 'change', trash: 'none' })).toEqual(['projects:read', 'models']);
  });
});

describe('scopeWords', () => {
  it('says what a scope allows', () => {
    expect(scopeWords('inference')).toBe('Predictions');
    expect(scopeWords('models:read')).toBe('Models and their files, read only');
  });
});
