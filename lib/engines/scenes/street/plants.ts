import type { SceneRandom } from '@/lib/engines/scenes/random';
import { darker, lighter, rgb } from '@/lib/engines/scenes/raster/colour';
import { capsule, ellipse, polygon } from '@/lib/engines/scenes/raster/rings';
import { type Drawing, effect, linear, shape } from '@/lib/engines/scenes/raster/shape';

const leaves = [0x5d9e4a, 0x47894a, 0x7cb350, 0x3f7a54, 0x9bb24a, 0xc98a3a].map(rgb);

/** A tree of 4–7 m on y = 0. */
export function drawTree(random: SceneRandom): Drawing {
  const high = random.between(4.2, 6.8);
  const colour = random.pick(leaves);
  const trunk = linear(rgb(0x8a6242), rgb(0x54392b), -0.15, 0, 0.2, 0);
  const stem = shape(polygon([-0.11, -high * 0.6], [0.11, -high * 0.6], [0.18, 0], [-0.18, 0]), trunk);
  const twigs = shape(
    [capsule(0, -high * 0.36, 0.07, 0.6, -high * 0.55, 0.04), capsule(0, -high * 0.42, 0.07, -0.55, -high * 0.6, 0.04)],
    rgb(0x6b4a35),
  );
  if (random.chance(0.2)) {
    const tiers = [0, 1, 2].map((k) => {
      const [y, half] = [-high * (0.18 + 0.24 * k), high * (0.24 - 0.055 * k)];
      return shape(
        polygon([-half, y], [0, y - high * 0.36], [half, y]),
        linear(lighter(rgb(0x3f7a54), 0.1), darker(rgb(0x3f7a54), 0.25), -half, y - 1, half, y),
      );
    });
    return [stem, ...tiers];
  }
  const blobs = Array.from({ length: 7 }, (_, k) => {
    const angle = (2 * Math.PI * k) / 7 + random.between(-0.3, 0.3);
    const size = high * random.between(0.15, 0.2);
    return { x: Math.cos(angle) * high * 0.19, y: -high * 0.74 + Math.sin(angle) * high * 0.15, size };
  });
  const crown = blobs.map(({ x, y, size }) => ellipse(x, y, size));
  return [
    stem,
    twigs,
    shape(
      [...crown, ellipse(0, -high * 0.74, high * 0.22)],
      linear(lighter(colour, 0.16), darker(colour, 0.36), -high * 0.25, -high, high * 0.2, -high * 0.5),
    ),
    ...blobs
      .slice(2, 6)
      .map(({ x, y, size }) =>
        effect(ellipse(x - size * 0.25, y - size * 0.3, size * 0.6), lighter(colour, 0.3), 0.35),
      ),
  ];
}

/** A low bush on y = 0. */
export function drawBush(random: SceneRandom): Drawing {
  const colour = random.pick(leaves.slice(0, 4));
  const rings = [-0.6, -0.15, 0.35, 0.7].map((x) => ellipse(x, -0.34 - random.between(0, 0.16), 0.42));
  return [shape(rings, linear(lighter(colour, 0.15), darker(colour, 0.35), 0, -0.9, 0, 0))];
}
