import { describe, expect, it } from 'vitest';
import { createSessionCache } from '@/lib/browser/session-cache';

function opener(log: string[]) {
  return (name: string) => async () => {
    log.push(`open ${name}`);
    return { name, dispose: async () => void log.push(`dispose ${name}`) };
  };
}

describe('createSessionCache', () => {
  it('disposes the least recently used before it opens one too many', async () => {
    const log: string[] = [];
    const open = opener(log);
    const cache = createSessionCache<{ name: string; dispose(): Promise<void> }>(2);
    await cache.get('a', open('a'));
    await cache.get('b', open('b'));
    await cache.get('a', open('a again'));
    await cache.get('c', open('c'));
    expect(log).toEqual(['open a', 'open b', 'dispose b', 'open c']);
  });

  it('opens anew after a drop, and after an opening that failed', async () => {
    const log: string[] = [];
    const open = opener(log);
    const cache = createSessionCache<{ name: string; dispose(): Promise<void> }>(2);
    await cache.get('a', open('a'));
    await cache.drop('a');
    await expect(cache.get('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect((await cache.get('a', open('a2'))).name).toBe('a2');
    await cache.clear();
    expect(log).toEqual(['open a', 'dispose a', 'open a2', 'dispose a2']);
  });

  it('survives a session that cannot be disposed', async () => {
    const cache = createSessionCache(1);
    await cache.get('a', async () => ({ dispose: () => Promise.reject(new Error('device lost')) }));
    await expect(cache.clear()).resolves.toBeUndefined();
  });
});
