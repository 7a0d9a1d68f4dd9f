import { describe, expect, it } from 'vitest';
import { createByteLru } from '@/components/test/session/byte-lru';

function numbers(limitBytes: number) {
  const left: number[] = [];
  const lru = createByteLru<number>({ limitBytes, sizeOf: (value) => value, onLeave: (value) => left.push(value) });
  return { lru, left };
}

describe('byte LRU', () => {
  it('evicts what was used longest ago when the bytes run over', () => {
    const { lru, left } = numbers(10);
    lru.set('a', 4);
    lru.set('b', 5);
    lru.get('a');
    lru.set('c', 3);
    expect(left).toEqual([5]);
    expect(lru.has('a') && lru.has('c')).toBe(true);
    expect(lru.bytes).toBe(7);
  });

  it('keeps the newest value even when it alone is too large', () => {
    const { lru, left } = numbers(10);
    lru.set('a', 4);
    lru.set('huge', 50);
    expect(left).toEqual([4]);
    expect(lru.get('huge')).toBe(50);
  });

  it('counts a replaced value once and tells that the old one left', () => {
    const { lru, left } = numbers(10);
    lru.set('a', 4);
    lru.set('a', 6);
    lru.set('a', 6);
    expect(left).toEqual([4]);
    expect(lru.bytes).toBe(6);
  });

  it('deletes by key pattern', () => {
    const { lru } = numbers(100);
    lru.set('one|m', 1);
    lru.set('two|m', 2);
    lru.deleteWhere((key) => key.startsWith('one|'));
    expect(lru.has('one|m')).toBe(false);
    expect(lru.bytes).toBe(2);
  });
});
