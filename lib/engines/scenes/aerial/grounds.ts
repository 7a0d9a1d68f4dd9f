import { everywhere, type GroundPlan } from '@/lib/engines/scenes/aerial/ground-plan';
import type { SceneRandom } from '@/lib/engines/scenes/random';
import { type Colour, darker, lighter, mixed, rgb } from '@/lib/engines/scenes/raster/colour';
import { capsule, ellipse, polygon, rectangle, roundedRectangle } from '@/lib/engines/scenes/raster/rings';
import { type Drawing, effect, linear, type Shape, shape } from '@/lib/engines/scenes/raster/shape';

const greens = [0x86b35a, 0x9cbf62, 0x74a653, 0xb8c46a].map(rgb);
const crops = [0x86b35a, 0xd9c46a, 0xb5c95f, 0x6fa052, 0xc7a860, 0xa8b85a, 0xe3d48a].map(rgb);

/** Grass with lighter and darker patches. */
export function grass(plan: GroundPlan): Drawing {
  const { random, reach } = plan;
  const colour = random.pick(greens);
  const patches = Array.from({ length: 8 }, () => {
    const size = reach * random.between(0.15, 0.4);
    return effect(
      ellipse(random.between(-reach, reach), random.between(-reach, reach), size, size * 0.7),
      random.chance(0.5) ? lighter(colour, 0.2) : darker(colour, 0.14),
      0.3,
    );
  });
  return [shape(everywhere(plan), colour), ...patches];
}

/** Fields in strips with furrows. */
export function fields(plan: GroundPlan): Drawing {
  const { random, reach } = plan;
  const shapes: Shape[] = [shape(everywhere(plan), random.pick(crops))];
  for (let x = -reach; x < reach; ) {
    const width = reach * random.between(0.35, 0.6);
    for (let y = -reach; y < reach; ) {
      const height = reach * random.between(0.4, 0.8);
      shapes.push(...field(random, x, y, width, height));
      y += height;
    }
    x += width;
  }
  return shapes;
}

function field(random: SceneRandom, x: number, y: number, width: number, height: number): Shape[] {
  const colour = random.pick(crops);
  const count = Math.min(26, Math.floor(width / 1.6));
  const furrows = Array.from({ length: count }, (_, k) =>
    rectangle(x + 0.6 + (k * width) / count, y + 0.5, width / count / 2.2, height - 1),
  );
  return [
    shape(rectangle(x, y, width + 0.1, height + 0.1), darker(colour, 0.22)),
    shape(
      rectangle(x + 0.45, y + 0.45, width - 0.9, height - 0.9),
      linear(lighter(colour, 0.1), colour, x, y, x + width, y + height),
    ),
    effect(furrows, darker(colour, 0.3), 0.3),
  ];
}

/** Water with ripples. */
export function water(plan: GroundPlan): Drawing {
  const { random, reach } = plan;
  const colour = mixed(rgb(0x2f86b5), rgb(0x2fa3a0), random.next());
  const paint = linear(lighter(colour, 0.12), darker(colour, 0.22), -reach, -reach, reach, reach);
  const ripples = Array.from({ length: 46 }, () => {
    const [x, y, long] = [random.between(-reach, reach), random.between(-reach, reach), random.between(1, 5)];
    return capsule(x, y, 0.12, x + long, y + random.between(-0.3, 0.3));
  });
  return [shape(everywhere(plan), paint), effect(ripples, rgb(0xffffff), 0.22)];
}

/** A road along the plan's x axis about y, with its lines. */
export function roadAlong({ reach }: GroundPlan, y: number, width: number, colour: Colour = rgb(0x626770)): Drawing {
  const dashes = Array.from({ length: Math.ceil((2 * reach) / 6) }, (_, k) =>
    rectangle(-reach + k * 6, y - 0.13, 3, 0.26),
  );
  return [
    shape(rectangle(-reach - 2, y - width / 2 - 0.9, 2 * reach + 4, width + 1.8), rgb(0xc9c0b0)),
    shape(rectangle(-reach - 2, y - width / 2, 2 * reach + 4, width), colour),
    effect(
      [
        rectangle(-reach - 2, y - width / 2 + 0.35, 2 * reach + 4, 0.2),
        rectangle(-reach - 2, y + width / 2 - 0.55, 2 * reach + 4, 0.2),
      ],
      rgb(0xf4f0e4),
      0.65,
    ),
    effect(dashes, rgb(0xf4f0e4), 0.85),
  ];
}

/** A runway along the x axis about y. */
export function runway({ reach }: GroundPlan, y: number, width: number): Drawing {
  const dashes = Array.from({ length: Math.ceil((2 * reach) / 14) }, (_, k) =>
    rectangle(-reach + k * 14, y - 0.5, 8, 1),
  );
  const keys = Array.from({ length: 6 }, (_, k) =>
    rectangle(-reach * 0.3, y - width * 0.4 + k * width * 0.145, 9, width * 0.075),
  );
  return [
    shape(
      rectangle(-reach - 2, y - width / 2, 2 * reach + 4, width),
      linear(rgb(0x5d626b), rgb(0x51565f), 0, y - width / 2, 0, y + width / 2),
    ),
    effect(
      [
        rectangle(-reach - 2, y - width / 2 + 0.7, 2 * reach + 4, 0.5),
        rectangle(-reach - 2, y + width / 2 - 1.2, 2 * reach + 4, 0.5),
      ],
      rgb(0xffffff),
      0.75,
    ),
    effect([...dashes, ...keys], rgb(0xffffff), 0.85),
  ];
}

/** Concrete slabs. */
export function concrete(x: number, y: number, width: number, height: number, colour: Colour = rgb(0xbfc2c4)): Drawing {
  const joints = [
    ...Array.from({ length: Math.floor(width / 8) }, (_, k) => rectangle(x + (k + 1) * 8, y, 0.14, height)),
    ...Array.from({ length: Math.floor(height / 8) }, (_, k) => rectangle(x, y + (k + 1) * 8, width, 0.14)),
  ];
  return [
    shape(rectangle(x - 0.8, y - 0.8, width + 1.6, height + 1.6), darker(colour, 0.18)),
    shape(
      rectangle(x, y, width, height),
      linear(lighter(colour, 0.12), darker(colour, 0.06), x, y, x + width, y + height),
    ),
    effect(joints, darker(colour, 0.5), 0.3),
  ];
}

/** A roof about the origin, seen from above. */
export function roof(random: SceneRandom, width: number, height: number): Drawing {
  const colour = random.pick([0xb5604a, 0x8c4a3f, 0x6b7078, 0xc98a5a, 0x9aa3ad].map(rgb));
  const [w, h] = [width / 2, height / 2];
  if (random.chance(0.35)) {
    const boxes = [0.3, -0.3].map((share) =>
      shape(roundedRectangle(w * share - 1, -h * 0.4, 2, 1.6, 0.2), rgb(0xd7dade)),
    );
    return [
      shape(rectangle(-w, -h, width, height), rgb(0xa9aeb4)),
      shape(
        rectangle(-w + 0.6, -h + 0.6, width - 1.2, height - 1.2),
        linear(rgb(0xe0e2e3), rgb(0xc6cacd), -w, -h, w, h),
      ),
      ...boxes,
    ];
  }
  const ridge = Math.min(w, h) * 0.7;
  return [
    shape(rectangle(-w, -h, width, height), darker(colour, 0.1)),
    shape(polygon([-w, -h], [w, -h], [w - ridge, 0], [-w + ridge, 0]), lighter(colour, 0.16)),
    shape(polygon([-w, h], [w, h], [w - ridge, 0], [-w + ridge, 0]), darker(colour, 0.28)),
    shape(rectangle(w * 0.3, -h * 0.6, 1.1, 1.1), darker(colour, 0.5)),
  ];
}

/** A tree from above about the origin. */
export function treeTop(random: SceneRandom): Drawing {
  const colour = random.pick([0x4f8f4a, 0x3f7f54, 0x6fa04a].map(rgb));
  const radius = random.between(1.8, 3);
  const lobes = Array.from({ length: 6 }, (_, k) => {
    const angle = (2 * Math.PI * k) / 6 + random.next();
    return ellipse(radius * 0.5 * Math.cos(angle), radius * 0.5 * Math.sin(angle), radius * 0.6);
  });
  return [
    shape(lobes, linear(lighter(colour, 0.12), darker(colour, 0.35), -radius, -radius, radius, radius)),
    effect(ellipse(-radius * 0.3, -radius * 0.3, radius * 0.45), lighter(colour, 0.4), 0.3),
  ];
}

/** What a ship leaves behind it, along −x from `x`. */
export function wake(length: number, width: number): Drawing {
  const foam = rgb(0xffffff);
  return [
    effect(
      polygon(
        [length * 0.45, 0],
        [-length * 0.9, width * 0.95],
        [-length * 1.25, width * 0.4],
        [-length * 1.25, -width * 0.4],
        [-length * 0.9, -width * 0.95],
      ),
      { kind: 'linear', from: foam, to: rgb(0x7fc4dc), axis: [length / 2, 0, -length * 1.25, 0] },
      0.3,
    ),
    effect([capsule(-length * 0.5, 0, width * 0.22, -length * 1.1, 0, width * 0.1)], foam, 0.35),
  ];
}
