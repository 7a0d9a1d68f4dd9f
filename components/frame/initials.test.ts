import { describe, expect, it } from 'vitest';
import { initials, nameHue } from '@/components/frame/initials';

describe('initials', () => {
  it.each([
    ['Ada Lovelace', 'AL'],
    ['ada-lovelace', 'AL'],
    ['Grace Brewster Murray Hopper', 'GH'],
    ['plato', 'P'],
    ['Žofie Čapková', 'ŽČ'],
    ['山田 太郎', '山太'],
    ['(Team) 42', 'T4'],
    ['𝒜da', '𝒜'],
    ['  ', '?'],
    ['🚦', '?'],
  ])('of %j are %j', (name, letters) => {
    expect(initials(name)).toBe(letters);
  });
});

describe('nameHue', () => {
  it('stays the same for a name and lies on the circle', () => {
    expect(nameHue('ada-lovelace')).toBe(nameHue('ada-lovelace'));
    for (const name of ['', 'a', 'ada', '山田']) {
      expect(nameHue(name)).toBeGreaterThanOrEqual(0);
      expect(nameHue(name)).toBeLessThan(360);
    }
  });

  it('tells similar names apart', () => {
    const hues = new Set(Array.from({ length: 20 }, (_, index) => nameHue(`worker-${index}`)));
    expect(hues.size).toBeGreaterThan(15);
  });
});
