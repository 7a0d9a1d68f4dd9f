import { describe, expect, it } from 'vitest';
import { describeAge } from '@/components/ui/age';

const now = new Date('2026-11-20T12:00:00Z');
const ageAfter = (seconds: number) => describeAge(new Date(now.getTime() - seconds * 1000), now);

describe('the age of a moment', () => {
  it.each([
    [0, 'just now'],
    [44, 'just now'],
    [60, '1 min ago'],
    [59 * 60, '59 min ago'],
    [3600, '1 h ago'],
    [23 * 3600, '23 h ago'],
    [86_400, '1 day ago'],
    [29 * 86_400, '29 days ago'],
    [31 * 86_400, '1 month ago'],
    [400 * 86_400, '1 year ago'],
    [3 * 365 * 86_400, '3 years ago'],
  ])('is told for %d s', (seconds, words) => {
    expect(ageAfter(seconds)).toBe(words);
  });

  it('is told for what lies ahead', () => {
    expect(ageAfter(-2 * 86_400)).toBe('in 2 days');
  });
});
