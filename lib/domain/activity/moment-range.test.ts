import { describe, expect, it } from 'vitest';
import { intersection, type MomentRange, splitIntoDays } from '@/lib/domain/activity/moment-range';

const range = (from?: string, before?: string): MomentRange => ({
  from: from === undefined ? undefined : new Date(from),
  before: before === undefined ? undefined : new Date(before),
});

describe('splitIntoDays', () => {
  it('leaves nothing at the ends of whole days', () => {
    const whole = range('2026-01-02T00:00:00Z', '2026-02-01T00:00:00Z');
    expect(splitIntoDays(whole)).toEqual({ days: whole, ends: [] });
  });

  it('keeps an open range as days', () => {
    expect(splitIntoDays({})).toEqual({ days: range(), ends: [] });
  });

  it('cuts begun days off at both ends', () => {
    expect(splitIntoDays(range('2026-01-01T12:00:00Z', '2026-01-04T06:30:00Z'))).toEqual({
      days: range('2026-01-02T00:00:00Z', '2026-01-04T00:00:00Z'),
      ends: [
        range('2026-01-01T12:00:00Z', '2026-01-02T00:00:00Z'),
        range('2026-01-04T00:00:00Z', '2026-01-04T06:30:00Z'),
      ],
    });
  });

  it('keeps a part of one day as it is', () => {
    const hours = range('2026-01-01T01:00:00Z', '2026-01-01T02:00:00Z');
    expect(splitIntoDays(hours)).toEqual({ days: null, ends: [hours] });
  });

  it('finds nothing in a range that ends before it begins', () => {
    expect(splitIntoDays(range('2026-01-02T00:00:00Z', '2026-01-01T00:00:00Z'))).toEqual({ days: null, ends: [] });
  });

  it('covers every moment of a range exactly once', () => {
    const hour = 3_600_000;
    const start = Date.parse('2026-01-01T00:00:00Z');
    for (let from = 0; from < 60; from += 7) {
      for (let before = from; before < 80; before += 5) {
        const wanted = { from: new Date(start + from * hour), before: new Date(start + before * hour) };
        const { days, ends } = splitIntoDays(wanted);
        const pieces = [...(days === null ? [] : [days]), ...ends];
        for (let at = 0; at < 90; at++) {
          const isWanted = at >= from && at < before;
          const holders = pieces.filter((piece) => holds(piece, start + at * hour));
          expect(holders.length, `${from}–${before} at ${at}`).toBe(isWanted ? 1 : 0);
        }
      }
    }
  });
});

describe('intersection', () => {
  it('takes the later beginning and the earlier end', () => {
    const both = intersection(range('2026-01-01T00:00:00Z', '2026-03-01T00:00:00Z'), range('2026-02-01T00:00:00Z'));
    expect(both).toEqual(range('2026-02-01T00:00:00Z', '2026-03-01T00:00:00Z'));
  });
});

function holds({ from, before }: MomentRange, time: number): boolean {
  return (from === undefined || from.getTime() <= time) && (before === undefined || time < before.getTime());
}
