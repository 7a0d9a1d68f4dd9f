import { describe, expect, it } from 'vitest';
import { expiryMoment, tomorrow } from '@/components/settings/api-keys/key-expiry';

const now = new Date(2026, 10, 30, 15, 30);

describe('expiryMoment', () => {
  it('is none for a key that lasts', () => {
    expect(expiryMoment('never', '', now)).toBeNull();
  });

  it('counts days from now', () => {
    expect(expiryMoment('7-days', '', now)?.getTime()).toBe(now.getTime() + 7 * 86_400_000);
  });

  it('is the end of a chosen day, today included', () => {
    expect(expiryMoment('date', '2026-12-24', now)).toEqual(new Date(2026, 11, 24, 23, 59, 59));
    expect(expiryMoment('date', '2026-11-30', now)).toEqual(new Date(2026, 10, 30, 23, 59, 59));
  });

  it('is missing for days that are over or none', () => {
    expect(expiryMoment('date', '2026-11-29', now)).toBeUndefined();
    expect(expiryMoment('date', '', now)).toBeUndefined();
    expect(expiryMoment('date', 'soon', now)).toBeUndefined();
  });
});

describe('tomorrow', () => {
  it('turns the month and the year', () => {
    expect(tomorrow(now)).toBe('2026-12-01');
    expect(tomorrow(new Date(2026, 11, 31))).toBe('2027-01-01');
  });
});
