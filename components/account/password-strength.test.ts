import { describe, expect, it } from 'vitest';
import { passwordStrength } from '@/components/account/password-strength';

const names = ['ada.lovelace@example.com', 'ada-lovelace'];

describe('passwordStrength', () => {
  it.each([
    ['', 'too-short'],
    ['Xk9#f2!', 'too-short'],
    ['12345678', 'weak'],
    ['aaaaaaaaaaaaaaaaaaaa', 'weak'],
    ['qwertyuiop', 'weak'],
    ['abcdefghijklmnop', 'weak'],
    ['ada-lovelace', 'weak'],
    ['Lovelace1', 'weak'],
    ['passpasspasspasspass', 'weak'],
    ['example2026', 'weak'],
  ])('of %j is %s', (password, strength) => {
    expect(passwordStrength(password, names)).toBe(strength);
  });

  it('grows with length and variety', () => {
    const order = ['weak', 'fair', 'good', 'strong'];
    const levels = ['tzmkwqpn', 'tzmkwqpnRv', 'tzmkwqpnRv4', 'tzmkwqpnRv4!hxgb'].map((password) =>
      order.indexOf(passwordStrength(password, [])),
    );
    expect(levels).toEqual([...levels].sort((a, b) => a - b));
    expect(levels.at(0)).toBeLessThan(levels.at(-1) ?? 0);
    expect(passwordStrength('tzmkwqpnRv4!hxgb', [])).toBe('strong');
  });

  it('calls a long sentence strong without digits or signs', () => {
    expect(passwordStrength('the cat sleeps under my winter coat', [])).toBe('strong');
  });

  it('takes names as text, not as patterns', () => {
    expect(passwordStrength('tzmkwqpnRv4!', ['(((', '.*+?^$', '[abc'])).not.toBe('too-short');
  });

  it('counts what people see: eight emoji are eight characters', () => {
    expect(passwordStrength('🚦🐈🎲🌋', [])).toBe('too-short');
    expect(passwordStrength('🚦🐈🎲🌋🚲🍄🎻🛶', [])).not.toBe('too-short');
  });
});
