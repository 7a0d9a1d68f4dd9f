import { describe, expect, it } from 'vitest';
import { offeredScopes } from '@/lib/http/key-scopes';
import { allOperations } from '@/lib/http/operations/all-operations';
import { createProjectOperation, getProjectOperation, listProjectsOperation } from '@/lib/http/operations/projects';
import { getStorageOperation } from '@/lib/http/operations/storage';

describe('offeredScopes', () => {
  it('offers what operations ask for, and nothing else', () => {
    expect(offeredScopes([])).toEqual([]);
    expect(offeredScopes([createProjectOperation, getProjectOperation])).toEqual([
      { noun: 'projects', reads: true, changes: true, examplePath: null },
    ]);
    expect(offeredScopes([getStorageOperation])).toEqual([
      { noun: 'storage', reads: true, changes: false, examplePath: '/api/storage' },
    ]);
  });

  it('has a list to try for projects', () => {
    const operations = [getProjectOperation, listProjectsOperation];
    expect(offeredScopes(operations)[0]?.examplePath).toBe('/api/projects');
  });

  it('knows every scope of the API', () => {
    const offered = offeredScopes(allOperations).map(({ noun }) => noun);
    const asked = new Set(allOperations.flatMap(({ scope }) => (scope === undefined ? [] : [scope.split(':')[0]])));
    expect(new Set(offered)).toEqual(asked);
  });
});
