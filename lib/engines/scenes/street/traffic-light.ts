import type { SceneRandom } from '@/lib/engines/scenes/random';
import { rgb } from '@/lib/engines/scenes/raster/colour';
import { ellipse, rectangle, roundedRectangle } from '@/lib/engines/scenes/raster/rings';
import { type Drawing, effect, glow, linear, shape } from '@/lib/engines/scenes/raster/shape';

/** Metres from the ground to the middle of the lamps. */
export const lampHeight = 2.9;

const lamps = [0xff3b30, 0xffb52e, 0x34d17a].map(rgb);

/** The head of a traffic light about x = 0, `lampHeight` above y = 0: the part that carries the label. */
export function drawTrafficLight(random: SceneRandom): Drawing {
  const lit = random.pick([0, 0, 1, 2, 2]);
  const [width, height] = [0.46, 1.16];
  const [left, top] = [-width / 2, -lampHeight - height / 2];
  return [
    shape(roundedRectangle(left - 0.09, top - 0.09, width + 0.18, height + 0.18, 0.14), rgb(0xf4efe4)),
    shape(
      roundedRectangle(left - 0.04, top - 0.04, width + 0.08, height + 0.08, 0.12),
      linear(rgb(0x3a3d47), rgb(0x1d1f26), left, 0, left + width, 0),
    ),
    ...lamps.flatMap((colour, k) => {
      const y = top + height * (0.19 + 0.31 * k);
      const off = rgb([0x4a1f1e, 0x4a3a1c, 0x1c3d2c][k]);
      const lens = shape(ellipse(0, y, 0.148), k === lit ? colour : off, { isLit: k === lit });
      const shine = effect(ellipse(-0.04, y - 0.05, 0.05, 0.035), rgb(0xffffff), k === lit ? 0.7 : 0.18);
      return k === lit ? [lens, shine, glow(ellipse(0, y, 0.5), colour, [0, y, 0.5], 0.45)] : [lens, shine];
    }),
  ];
}

/** Its pole, which is scenery. */
export function drawTrafficLightPole(): Drawing {
  return [
    shape(
      rectangle(-0.06, -lampHeight - 0.4, 0.12, lampHeight + 0.4),
      linear(rgb(0x7d858f), rgb(0x464c56), -0.06, 0, 0.06, 0),
    ),
    shape(roundedRectangle(-0.13, -0.22, 0.26, 0.22, 0.04), rgb(0x3e434c)),
  ];
}
