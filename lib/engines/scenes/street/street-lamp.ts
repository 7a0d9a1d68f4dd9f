import { rgb } from '@/lib/engines/scenes/raster/colour';
import { capsule, ellipse, polygon, roundedRectangle, stroke } from '@/lib/engines/scenes/raster/rings';
import { type Drawing, glow, linear, shape } from '@/lib/engines/scenes/raster/shape';

/** A street lamp of 5.2 m on y = 0, its arm to the right. */
export function drawStreetLamp(isDark: boolean): Drawing {
  const steel = linear(rgb(0x6f7884), rgb(0x3c424d), -0.08, 0, 0.08, 0);
  const lit = rgb(0xffe3a0);
  const light = isDark
    ? [
        glow(ellipse(0.85, -4.95, 1.7), lit, [0.85, -4.95, 1.7], 0.6),
        shape(
          polygon([0.6, -4.95], [1.1, -4.95], [2.2, 0], [-0.6, 0]),
          { kind: 'linear', from: lit, to: lit, axis: [0, -5, 0, 0] },
          { alpha: 0.1, role: 'effect', isLit: true },
        ),
      ]
    : [];
  return [
    shape([capsule(0, -4.9, 0.05, 0, 0, 0.08), ...stroke(0.09, [0, -4.9], [0.25, -5.15], [0.7, -5.15])], steel),
    shape(roundedRectangle(-0.14, -0.5, 0.28, 0.5, 0.05), rgb(0x3c424d)),
    shape(roundedRectangle(0.5, -5.2, 0.7, 0.17, 0.07), rgb(0x3c424d)),
    shape(roundedRectangle(0.58, -5.06, 0.54, 0.07, 0.03), isDark ? rgb(0xfff2cc) : rgb(0xe8ecee), { isLit: isDark }),
    ...light,
  ];
}
