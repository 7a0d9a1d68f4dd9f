import { describe, expect, it } from 'vitest';
import { changedAddress } from '@/components/ui/use-url-params';

describe('the address of a changed view', () => {
  it('keeps what is not changed', () => {
    expect(changedAddress('/projects', 'sort=name&page=3', { page: 4 })).toBe('/projects?sort=name&page=4');
  });

  it('drops what is empty, down to the bare path', () => {
    expect(changedAddress('/projects', 'search=a&page=3', { search: '', page: null })).toBe('/projects');
  });

  it('escapes what a person types', () => {
    expect(changedAddress('/projects', '', { search: 'a&b=c#d' })).toBe('/projects?search=a%26b%3Dc%23d');
  });
});
