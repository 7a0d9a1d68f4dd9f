import type { SceneRandom } from '@/lib/engines/scenes/random';
import { type Colour, darker, lighter, mixed, rgb } from '@/lib/engines/scenes/raster/colour';
import { capsule, ellipse, smoothRing, stroke } from '@/lib/engines/scenes/raster/rings';
import { type Drawing, linear, type Shape, shape } from '@/lib/engines/scenes/raster/shape';

const coats = [0xb9793f, 0x8a5a34, 0x3a302b, 0xe3c08f, 0xf0ebe2, 0xa39a92, 0xc9692f].map(rgb);

/** A dog that walks to the right, 0.75 m high, on y = 0. */
export function drawDog(random: SceneRandom): Drawing {
  const coat = random.pick(coats);
  const patch = random.chance(0.5) ? random.pick(coats) : coat;
  const phase = random.between(0, 2 * Math.PI);
  const stride = random.between(0.05, 0.16);
  const stocky = random.between(0.9, 1.15);
  const collar = random.pick([0xd8382f, 0x2f6fb7, 0xf2b632, 0x3f8f6b].map(rgb));
  const paint = linear(lighter(coat, 0.2), darker(coat, 0.3), 0, -0.65, 0, -0.2);
  const tailLift = random.between(0.05, 0.3);
  return [
    ...leg(0.24, Math.sin(phase + 2) * stride, darker(coat, 0.3)),
    ...leg(-0.28, -Math.sin(phase + 2) * stride, darker(coat, 0.3)),
    shape(stroke(0.055, [-0.36, -0.5], [-0.48, -0.55 - tailLift * 0.5], [-0.53, -0.56 - tailLift]), paint),
    shape(
      smoothRing(
        [-0.4, -0.46],
        [-0.3, -0.58],
        [0, -0.56 * stocky],
        [0.26, -0.61],
        [0.37, -0.52],
        [0.33, -0.33],
        [0.05, -0.3 / stocky],
        [-0.2, -0.33],
        [-0.38, -0.34],
      ),
      paint,
    ),
    shape(ellipse(-0.14, -0.46, 0.15, 0.09), mixed(coat, patch, 0.85)),
    ...leg(0.27, -Math.sin(phase) * stride, coat),
    ...leg(-0.3, Math.sin(phase) * stride, coat),
    shape(capsule(0.27, -0.52, 0.12, 0.4, -0.66, 0.09), paint),
    shape(capsule(0.31, -0.63, 0.025, 0.42, -0.55), collar),
    ...head(coat, patch),
  ];
}

function head(coat: Colour, patch: Colour): Shape[] {
  const paint = linear(lighter(coat, 0.24), darker(coat, 0.2), 0.36, -0.82, 0.5, -0.58);
  return [
    shape(ellipse(0.44, -0.7, 0.125, 0.105), paint),
    shape(capsule(0.5, -0.67, 0.07, 0.63, -0.645, 0.048), paint),
    shape(ellipse(0.67, -0.67, 0.028, 0.023), rgb(0x231d1c)),
    shape(capsule(0.56, -0.615, 0.008, 0.65, -0.615), darker(coat, 0.6)),
    shape(ellipse(0.5, -0.725, 0.018), rgb(0x1d1a1c)),
    shape(ellipse(0.506, -0.731, 0.006), rgb(0xffffff)),
    shape(
      smoothRing([0.37, -0.79], [0.42, -0.78], [0.42, -0.68], [0.37, -0.58], [0.32, -0.62], [0.32, -0.73]),
      darker(patch, 0.28),
    ),
  ];
}

function leg(x: number, shift: number, coat: Colour): Shape[] {
  const paint = linear(lighter(coat, 0.08), darker(coat, 0.26), x - 0.06, 0, x + 0.06, 0);
  return [
    shape(
      [
        capsule(x, -0.38, 0.075, x + shift * 0.6, -0.2, 0.045),
        capsule(x + shift * 0.6, -0.2, 0.043, x + shift, -0.04, 0.036),
      ],
      paint,
    ),
    shape(capsule(x + shift, -0.034, 0.034, x + shift + 0.045, -0.03, 0.03), lighter(coat, 0.15)),
  ];
}
