import { describe, expect, it } from 'vitest';
import { classColour } from '@/lib/engines/overlay/class-colour';
import { contrastRatio, oklabDistance, oklchToRgb, rgbToOklab } from '@/lib/engines/overlay/oklab';

const first24 = Array.from({ length: 24 }, (_, index) => classColour(index));

describe('classColour', () => {
  it('gives the same class the same colour every time', () => {
    expect(classColour(3).css).toBe(classColour(3).css);
    expect(classColour(3).css).toMatch(/^#[0-9a-f]{6}$/);
  });

  it('keeps any two of the first 24 classes apart by more than a just noticeable difference', () => {
    const distances = first24.flatMap((one, at) => first24.slice(at + 1).map((other) => oklabDistance(one, other)));
    expect(Math.min(...distances)).toBeGreaterThan(0.02);
  });

  it('keeps neighbouring indices five just noticeable differences apart', () => {
    for (let index = 0; index < 100; index++) {
      expect(oklabDistance(classColour(index), classColour(index + 1))).toBeGreaterThan(0.1);
    }
  });

  it('holds lightness 0.74 through the first ring and changes it in the second', () => {
    for (const colour of first24) expect(rgbToOklab(colour).l).toBeCloseTo(0.74, 2);
    expect(rgbToOklab(classColour(24)).l).toBeCloseTo(0.62, 2);
  });

  it('writes chip text at 4.5:1 or better on every class up to 1000', () => {
    for (let index = 0; index < 1000; index++) {
      const colour = classColour(index);
      const level = colour.text === 'black' ? 0 : 255;
      expect(contrastRatio(colour, { r: level, g: level, b: level })).toBeGreaterThanOrEqual(4.5);
    }
  });
});

describe('oklchToRgb', () => {
  it('returns sRGB red from its published OKLCH coordinates', () => {
    expect(oklchToRgb({ lightness: 0.62796, chroma: 0.25768, hue: 29.234 })).toEqual({ r: 255, g: 0, b: 0 });
  });

  it('reduces chroma, not lightness, when a colour is outside the gamut', () => {
    expect(rgbToOklab(oklchToRgb({ lightness: 0.7, chroma: 0.37, hue: 200 })).l).toBeCloseTo(0.7, 2);
  });
});
