import { describe, expect, it } from 'vitest';
import { parsedParams } from '@/components/ui/parsed-params';
import { listProjectsQuery } from '@/lib/domain/projects/schema';

describe('parameters of an address', () => {
  it('are read with their defaults', () => {
    expect(parsedParams(listProjectsQuery, { search: 'cars', page: '2' })).toEqual({
      search: 'cars',
      page: 2,
      limit: 20,
      sort: 'newest',
    });
  });

  it('that do not fit are left out and the others stay', () => {
    expect(parsedParams(listProjectsQuery, { search: 'cars', page: '-1', sort: '__proto__', view: 'x' })).toEqual({
      search: 'cars',
      page: 1,
      limit: 20,
      sort: 'newest',
    });
  });
});
