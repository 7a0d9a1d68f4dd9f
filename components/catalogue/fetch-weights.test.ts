import { describe, expect, it } from 'vitest';
import { fetchWeights } from '@/components/catalogue/fetch-weights';
import { someEntry } from '@/components/catalogue/test-support/some-entry';
import type { CatalogueEntry } from '@/lib/domain/catalogue/schema';

/** A server that answers each request with the next state. */
function serverOf(states: readonly Partial<CatalogueEntry>[]) {
  const asked: string[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const changes = states[Math.min(asked.length, states.length - 1)];
    asked.push(`${init?.method ?? 'GET'} ${input} ${typeof init?.body === 'string' ? init.body : ''}`.trim());
    return Response.json({ success: true, data: someEntry({ isLicenseAccepted: true, ...changes }) });
  };
  return { fetch, asked };
}

describe('fetching weights', () => {
  it('accepts the licence once, then looks until they are there, and tells every state', async () => {
    const { fetch, asked } = serverOf([{ state: 'waiting' }, { state: 'downloading' }, { state: 'ready' }]);
    const states: string[] = [];
    const entry = await fetchWeights('yolo11n', {
      signal: new AbortController().signal,
      onEntry: ({ state }) => states.push(state),
      everyMilliseconds: 1,
      fetch,
    });
    expect(entry.state).toBe('ready');
    expect(states).toEqual(['waiting', 'downloading', 'ready']);
    expect(asked).toEqual([
      'POST /api/catalogue/yolo11n/download {"acceptLicense":true}',
      'GET /api/catalogue/yolo11n',
      'GET /api/catalogue/yolo11n',
    ]);
  });

  it.each(['failed', 'absent'] as const)('ends when the download is %s', async (state) => {
    const { fetch } = serverOf([{ state: 'waiting' }, { state }]);
    const signal = new AbortController().signal;
    expect(
      await fetchWeights('yolo11n', { signal, onEntry: () => undefined, everyMilliseconds: 1, fetch }),
    ).toMatchObject({
      state,
    });
  });

  it('stops looking when nobody waits any more', async () => {
    const { fetch, asked } = serverOf([{ state: 'downloading' }]);
    const leaving = new AbortController();
    const waiting = fetchWeights('yolo11n', {
      signal: leaving.signal,
      onEntry: () => leaving.abort(new Error('left')),
      everyMilliseconds: 1,
      fetch,
    });
    await expect(waiting).rejects.toThrow('left');
    expect(asked).toHaveLength(1);
  });
});
