import type { SceneRandom } from '@/lib/engines/scenes/random';
import { type Colour, mixed, rgb } from '@/lib/engines/scenes/raster/colour';

/** Light and air of a scene. */
export type Atmosphere = {
  readonly kind: 'day' | 'overcast' | 'dusk' | 'night' | 'fog';
  /** What the light leaves of red, green and blue, 0–1 and a little above. */
  readonly light: Colour;
  readonly zenith: Colour;
  readonly horizon: Colour;
  /** What far things fade to, and how much of them per metre. */
  readonly haze: Colour;
  readonly hazePerMetre: number;
  /** How far a shadow reaches to the right per metre of height, how far towards the viewer, and how dark it is (0–1). */
  readonly shadow: { readonly aside: number; readonly forward: number; readonly strength: number };
  /** Whether lamps and windows are lit. */
  readonly isDark: boolean;
};

export function randomAtmosphere(random: SceneRandom): Atmosphere {
  const kind = random.pick(['day', 'day', 'day', 'day', 'overcast', 'dusk', 'dusk', 'night', 'fog'] as const);
  return atmosphereOf(kind, random);
}

export function atmosphereOf(kind: Atmosphere['kind'], random: SceneRandom): Atmosphere {
  const aside = random.between(0.35, 1.1) * (random.chance(0.5) ? 1 : -1);
  const warmth = random.next();
  switch (kind) {
    case 'day':
      return {
        kind,
        light: mixed([1.02, 1, 0.96], [1.04, 0.99, 0.9], warmth),
        zenith: mixed(rgb(0x4aa3e0), rgb(0x3d8fd6), warmth),
        horizon: mixed(rgb(0xd6eefb), rgb(0xfdeccf), warmth * 0.8),
        haze: mixed(rgb(0xcfe6f5), rgb(0xf3e6d3), warmth * 0.6),
        hazePerMetre: random.between(0.002, 0.007),
        shadow: { aside, forward: random.between(0.1, 0.28), strength: 0.3 },
        isDark: false,
      };
    case 'overcast':
      return {
        kind,
        light: [0.88, 0.91, 0.95],
        zenith: mixed(rgb(0x93a7b8), rgb(0xa9b4bd), warmth),
        horizon: rgb(0xe4e8ea),
        haze: rgb(0xd8dee3),
        hazePerMetre: random.between(0.006, 0.012),
        shadow: { aside: aside * 0.3, forward: 0.1, strength: 0.14 },
        isDark: false,
      };
    case 'dusk':
      return {
        kind,
        light: mixed([1, 0.8, 0.72], [0.95, 0.72, 0.74], warmth),
        zenith: mixed(rgb(0x4b4e8f), rgb(0x6a4c8c), warmth),
        horizon: mixed(rgb(0xffb070), rgb(0xff8f7a), warmth),
        haze: mixed(rgb(0xf5b48c), rgb(0xe59a9a), warmth),
        hazePerMetre: random.between(0.006, 0.013),
        shadow: { aside: aside * 1.7, forward: 0.16, strength: 0.3 },
        isDark: random.chance(0.5),
      };
    case 'night':
      return {
        kind,
        light: mixed([0.42, 0.47, 0.68], [0.5, 0.52, 0.7], warmth),
        zenith: rgb(0x0d1433),
        horizon: mixed(rgb(0x2f3f74), rgb(0x4a3d70), warmth),
        haze: rgb(0x2a3560),
        hazePerMetre: random.between(0.006, 0.012),
        shadow: { aside: aside * 0.5, forward: 0.1, strength: 0.3 },
        isDark: true,
      };
    case 'fog':
      return {
        kind,
        light: [0.9, 0.92, 0.94],
        zenith: rgb(0xc3cdd3),
        horizon: rgb(0xe3e8ea),
        haze: mixed(rgb(0xdde3e6), rgb(0xe8e2d8), warmth),
        hazePerMetre: random.between(0.022, 0.042),
        shadow: { aside: aside * 0.3, forward: 0.08, strength: 0.1 },
        isDark: false,
      };
  }
}

/** A colour in this light, seen through so much air. What is lit itself is dimmed by the air alone. */
export function seenColour(colour: Colour, atmosphere: Atmosphere, distance: number, isLit: boolean): Colour {
  const { light, haze, hazePerMetre } = atmosphere;
  const shown: Colour = isLit ? colour : [colour[0] * light[0], colour[1] * light[1], colour[2] * light[2]];
  const air = 1 - Math.exp(-hazePerMetre * distance);
  return mixed(shown, haze, isLit ? air * 0.4 : air);
}
