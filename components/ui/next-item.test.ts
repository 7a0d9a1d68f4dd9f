import { describe, expect, it } from 'vitest';
import { nextItem } from '@/components/ui/next-item';

const labels = ['Profile', 'Security', 'API keys', 'Sign out'];

describe('nextItem', () => {
  it('walks down and up, around the ends', () => {
    expect(nextItem('ArrowDown', 0, labels)).toBe(1);
    expect(nextItem('ArrowDown', 3, labels)).toBe(0);
    expect(nextItem('ArrowUp', 0, labels)).toBe(3);
    expect(nextItem('ArrowDown', -1, labels)).toBe(0);
    expect(nextItem('Home', 2, labels)).toBe(0);
    expect(nextItem('End', 0, labels)).toBe(3);
  });

  it('jumps to the next item that begins with a letter', () => {
    expect(nextItem('s', 0, labels)).toBe(1);
    expect(nextItem('S', 1, labels)).toBe(3);
    expect(nextItem('s', 3, labels)).toBe(1);
    expect(nextItem('z', 0, labels)).toBeNull();
  });

  it('leaves other keys alone', () => {
    expect(nextItem('Enter', 0, labels)).toBeNull();
    expect(nextItem(' ', 0, labels)).toBeNull();
    expect(nextItem('ArrowDown', 0, [])).toBeNull();
  });
});
