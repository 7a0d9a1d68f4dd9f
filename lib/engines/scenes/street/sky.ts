import type { Atmosphere } from '@/lib/engines/scenes/atmosphere';
import type { SceneRandom } from '@/lib/engines/scenes/random';
import { darker, lighter, mixed, rgb } from '@/lib/engines/scenes/raster/colour';
import { ellipse, rectangle, roundedRectangle } from '@/lib/engines/scenes/raster/rings';
import { type Drawing, effect, linear, type Ring, type Shape, shape } from '@/lib/engines/scenes/raster/shape';

/** A sky down to its horizon, in pixels: sun or moon, stars, clouds. Its colours are final: no light falls on it. */
export function drawSky(random: SceneRandom, atmosphere: Atmosphere, width: number, horizon: number): Drawing {
  const { kind, zenith, horizon: rim } = atmosphere;
  const sky = shape(rectangle(-2, -2, width + 4, horizon + 6), linear(zenith, rim, 0, 0, 0, horizon), { isLit: true });
  const size = Math.min(width, horizon * 2.2);
  const [x, y] = [width * random.between(0.12, 0.88), horizon * random.between(0.12, 0.5)];
  switch (kind) {
    case 'day':
      return [sky, ...disc(x, y, size * 0.045, rgb(0xfff3c4)), ...clouds(random, atmosphere, width, horizon)];
    case 'dusk':
      return [
        sky,
        ...disc(x, horizon * 0.72, size * 0.07, rgb(0xffdf9e)),
        ...clouds(random, atmosphere, width, horizon),
      ];
    case 'night':
      return [sky, ...stars(random, width, horizon), ...disc(x, y, size * 0.04, rgb(0xf4f1de))];
    case 'overcast':
    case 'fog':
      return [sky, ...clouds(random, atmosphere, width, horizon)];
  }
}

function disc(x: number, y: number, radius: number, colour: readonly [number, number, number]): Shape[] {
  const halo = (reach: number, alpha: number) =>
    shape(
      ellipse(x, y, radius * reach),
      { kind: 'radial', from: colour, to: colour, circle: [x, y, radius * reach], fades: true },
      { alpha, role: 'effect', isLit: true },
    );
  return [halo(5, 0.5), halo(2.2, 0.4), shape(ellipse(x, y, radius), colour, { isLit: true, alpha: 0.95 })];
}

function stars(random: SceneRandom, width: number, horizon: number): Shape[] {
  const rings = Array.from({ length: 40 }, () =>
    ellipse(random.next() * width, random.next() * horizon * 0.8, random.between(0.4, 1) * (width / 480)),
  );
  return [shape(rings, rgb(0xe8ecff), { alpha: 0.8, isLit: true })];
}

function clouds(
  random: SceneRandom,
  { kind, zenith, horizon: rim }: Atmosphere,
  width: number,
  horizon: number,
): Shape[] {
  const white = kind === 'dusk' ? mixed(rim, rgb(0xffe9d9), 0.45) : lighter(rim, 0.75);
  const count = kind === 'overcast' ? 7 : random.integer(2, 5);
  return Array.from({ length: count }).flatMap(() => {
    const size = horizon * random.between(0.05, 0.12);
    const [x, y] = [random.between(-0.05, 1) * width, horizon * random.between(0.08, 0.62)];
    const rings: Ring[] = [roundedRectangle(x - size * 2.4, y - size * 0.45, size * 4.8, size * 0.9, size * 0.45)];
    for (const [dx, radius] of [
      [-1.1, 0.75],
      [0.1, 1.05],
      [1.2, 0.65],
    ] as const) {
      rings.push(ellipse(x + dx * size, y - size * 0.4, radius * size));
    }
    const base = kind === 'overcast' || kind === 'fog' ? darker(zenith, 0.04) : mixed(white, zenith, 0.35);
    return [effect(rings, linear(white, base, 0, y - size * 1.4, 0, y + size * 0.6), kind === 'fog' ? 0.25 : 0.8)].map(
      (cloud) => ({ ...cloud, isLit: true }),
    );
  });
}

/** Far roofs and towers in a row on the horizon, in pixels: shapes against the sky. */
export function drawSkyline(random: SceneRandom, atmosphere: Atmosphere, width: number, horizon: number): Drawing {
  const colour = mixed(mixed(atmosphere.horizon, atmosphere.zenith, 0.55), rgb(0x4a5a78), 0.28);
  const rings: Ring[] = [];
  const unit = horizon * 0.16;
  for (let x = -unit; x < width + unit; ) {
    const across = unit * random.between(0.5, 1.2);
    const high = unit * random.between(0.8, 3);
    rings.push(rectangle(x, horizon - high, across + 1, high + 4));
    if (random.chance(0.25))
      rings.push(rectangle(x + across * 0.4, horizon - high - unit * 0.5, across * 0.1, unit * 0.6));
    x += across;
  }
  return [
    shape(rings, linear(colour, mixed(colour, atmosphere.horizon, 0.5), 0, horizon - unit * 2, 0, horizon), {
      isLit: true,
    }),
  ];
}
