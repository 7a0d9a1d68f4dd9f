import { describe, expect, it } from 'vitest';
import { floatingPlace } from '@/components/ui/floating-place';

const view = { width: 1000, height: 800 };

describe('floatingPlace', () => {
  it('opens below its control, with the room that is left', () => {
    const place = floatingPlace({ left: 100, right: 140, top: 10, bottom: 40 }, view, 'start');
    expect(place).toMatchObject({ left: 100, right: null, top: 44, bottom: null, maxHeight: 748, maxWidth: 892 });
  });

  it('opens upwards near the bottom of the window', () => {
    const place = floatingPlace({ left: 100, right: 140, top: 700, bottom: 730 }, view, 'start');
    expect(place).toMatchObject({ top: null, bottom: 104, maxHeight: 688 });
  });

  it('stays below where there is no more room above', () => {
    const place = floatingPlace({ left: 0, right: 40, top: 20, bottom: 50 }, { width: 300, height: 200 }, 'start');
    expect(place).toMatchObject({ top: 54, bottom: null, maxHeight: 138 });
  });

  it('ends where its control ends, and never outside the window', () => {
    expect(floatingPlace({ left: 900, right: 960, top: 0, bottom: 30 }, view, 'end')).toMatchObject({ right: 40 });
    expect(floatingPlace({ left: 990, right: 1020, top: 0, bottom: 30 }, view, 'end')).toMatchObject({ right: 8 });
    expect(floatingPlace({ left: -30, right: 10, top: 0, bottom: 30 }, view, 'start')).toMatchObject({ left: 8 });
  });
});
