import { describe, expect, it } from 'vitest';
import { keyCommand } from '@/components/settings/api-keys/key-command';

const offered = [
  { noun: 'models', reads: true, changes: true, examplePath: '/api/models' },
  { noun: 'projects', reads: true, changes: true, examplePath: '/api/projects' },
  { noun: 'inference', reads: false, changes: true, examplePath: null },
] as const;
const key = `ul_${'0123456789'.repeat(4)}`;

describe('keyCommand', () => {
  it('asks for something the key may read', () => {
    const command = keyCommand({ key, scopes: ['models:read'], offered, origin: 'https://vision.example' });
    expect(command).toBe(`curl https://vision.example/api/models \\\n  -H "Authorization: Bearer ${key}"`);
  });

  it('asks for projects with a key that may do everything', () => {
    expect(keyCommand({ key, scopes: [], offered, origin: '' })).toContain('curl /api/projects ');
  });

  it('gives no command that would be refused', () => {
    expect(keyCommand({ key, scopes: ['inference'], offered, origin: '' })).toBeNull();
    expect(keyCommand({ key, scopes: [], offered: [], origin: '' })).toBeNull();
  });
});
