import { describe, expect, it } from 'vitest';
import { localPath } from '@/lib/core/local-path';

describe('localPath', () => {
  it('keeps a path of this site with its query and fragment', () => {
    expect(localPath('/projects?page=2#top')).toBe('/projects?page=2#top');
  });

  it('resolves dots before anyone else does', () => {
    expect(localPath('/a/../settings/profile')).toBe('/settings/profile');
  });

  it.each([
    'https://evil.example/',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/.//evil.example',
    '/a/..//evil.example',
    'javascript:alert(1)',
    'evil.example',
    '\u0000/home',
    '',
    `/${'a'.repeat(3000)}`,
  ])('refuses %j', (text) => {
    expect(localPath(text)).toBeNull();
  });

  it('refuses what is no string', () => {
    expect(localPath(undefined)).toBeNull();
    expect(localPath(null)).toBeNull();
  });
});
