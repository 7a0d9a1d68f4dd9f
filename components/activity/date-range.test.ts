import { describe, expect, it } from 'vitest';
import { rangeFromAddress } from '@/components/activity/date-range';

const now = new Date('2026-11-20T08:00:00Z');

describe('the time an address asks for', () => {
  it('is the last 30 days, today among them, when it says nothing', () => {
    expect(rangeFromAddress({}, now)).toEqual({ name: '30', startDate: '2026-10-22' });
  });

  it('may be named', () => {
    expect(rangeFromAddress({ range: '7' }, now)).toEqual({ name: '7', startDate: '2026-11-14' });
    expect(rangeFromAddress({ range: 'all' }, now)).toEqual({ name: 'all' });
  });

  it('may be dates, of which either end can be open', () => {
    expect(rangeFromAddress({ from: '2026-02-28', range: '7' }, now)).toEqual({
      name: 'custom',
      startDate: '2026-02-28',
      endDate: undefined,
    });
  });

  it.each(['2026-02-30', '2026-13-01', 'yesterday', '', '2026-1-1'])('passes over the day “%s”', (from) => {
    expect(rangeFromAddress({ from }, now).name).toBe('30');
  });
});
