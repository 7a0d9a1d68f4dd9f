import { describe, expect, it } from 'vitest';
import { noAugmentation } from '@/lib/engines/training/augment/augmentation';
import { createRandom } from '@/lib/engines/training/augment/seeded-random';
import { type ColourShift, randomColourShift, shiftHsv } from '@/lib/engines/training/augment/shift-hsv';

type Colour = readonly [number, number, number];

function shifted(colour: Colour, shift: ColourShift): number[] {
  const planes = { data: Float32Array.from(colour), side: 1 };
  shiftHsv(planes, shift);
  return Array.from(planes.data);
}

function expectColour(found: readonly number[], expected: Colour): void {
  expect(found).toEqual(expected.map((level) => expect.closeTo(level, 5)));
}

const none: ColourShift = { hue: 0, saturation: 1, value: 1 };

describe('shiftHsv', () => {
  it('turns red to green to blue and back again', () => {
    expectColour(shifted([1, 0, 0], { ...none, hue: 1 / 3 }), [0, 1, 0]);
    expectColour(shifted([1, 0, 0], { ...none, hue: -1 / 3 }), [0, 0, 1]);
    expectColour(shifted([1, 0, 0], { ...none, hue: 1 / 6 }), [1, 1, 0]);
    expectColour(shifted([0.2, 0.5, 0.8], { ...none, hue: 1 / 3 }), [0.8, 0.2, 0.5]);
    expectColour(shifted([0.2, 0.5, 0.8], { ...none, hue: 1 / 2 }), [0.8, 0.5, 0.2]);
  });

  it('takes colour away, adds it up to its most, darkens and brightens up to white', () => {
    expectColour(shifted([0.4, 0.6, 0.8], { ...none, saturation: 0 }), [0.8, 0.8, 0.8]);
    expectColour(shifted([0.4, 0.6, 0.8], { ...none, saturation: 1.5 }), [0.2, 0.5, 0.8]);
    expectColour(shifted([0.4, 0.6, 0.8], { ...none, saturation: 9 }), [0, 0.4, 0.8]);
    expectColour(shifted([0.4, 0.6, 0.8], { ...none, value: 0.5 }), [0.2, 0.3, 0.4]);
    expectColour(shifted([0.4, 0.6, 0.8], { ...none, value: 2 }), [0.5, 0.75, 1]);
  });

  it('gives grey no colour', () => {
    expectColour(shifted([0.5, 0.5, 0.5], { hue: 0.4, saturation: 1.7, value: 1.2 }), [0.6, 0.6, 0.6]);
    expectColour(shifted([0, 0, 0], { hue: 0.4, saturation: 1.7, value: 1.2 }), [0, 0, 0]);
  });

  it('undoes itself with the opposite turn, for any colour', () => {
    const random = createRandom(4);
    for (let round = 0; round < 500; round++) {
      const colour: Colour = [random.next(), random.next(), random.next()];
      const hue = random.uniform(-1, 1);
      const [r, g, b] = shifted(colour, { ...none, hue });
      expectColour(shifted([r, g, b], { ...none, hue: -hue }), colour);
    }
  });

  it('changes nothing to the bit when nothing may change', () => {
    const shift = randomColourShift(createRandom(1), noAugmentation);
    const colour = [0.123, 0.456, 0.789] as const;
    expect(shifted(colour, shift)).toEqual(Array.from(Float32Array.from(colour)));
  });
});
