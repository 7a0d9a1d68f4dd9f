import type { SceneRandom } from '@/lib/engines/scenes/random';
import { type Colour, mixed, rgb } from '@/lib/engines/scenes/raster/colour';

/** What a figure wears and looks like. */
export type Attire = {
  readonly skin: Colour;
  readonly hair: Colour;
  readonly hairStyle: 'short' | 'long' | 'bald' | 'bun' | 'cap' | 'helmet';
  readonly hat: Colour;
  readonly top: Colour;
  readonly sleeves: 'short' | 'long';
  readonly bottom: Colour;
  readonly legs: 'trousers' | 'shorts' | 'skirt';
  readonly socks: Colour;
  readonly shoes: Colour;
  /** A stripe across the chest, or none. */
  readonly stripe: Colour | null;
  readonly bag: Colour | null;
};

const skins = [0xf6d3b8, 0xecc09c, 0xd9a577, 0xb67c52, 0x8a5a3a, 0x5f3d28].map(rgb);
const hairs = [0x2a211f, 0x4a3226, 0x6d4527, 0xa8763f, 0xd9b36a, 0x8c8c92, 0xa4472b].map(rgb);
const tops = [
  0xe4572e, 0x2e86ab, 0xf2b134, 0x4f9d69, 0x7b4fa3, 0xf4f1ea, 0x2f3e5c, 0xd94f70, 0x3ab0a2, 0x8fb339, 0xe8e3d9,
  0x33353b,
].map(rgb);
const bottoms = [0x2f4061, 0x23262f, 0x56657f, 0x8b6b4a, 0x4b4f58, 0x3c5a4a, 0xc9b79a].map(rgb);
const shoes = [0x22242b, 0xf2efe8, 0x7a4b2c, 0xc8412f, 0x33507a].map(rgb);

export function everydayAttire(random: SceneRandom): Attire {
  const legs = random.pick(['trousers', 'trousers', 'trousers', 'shorts', 'skirt'] as const);
  return {
    ...looks(random),
    hairStyle: random.pick(['short', 'short', 'long', 'long', 'bun', 'cap', 'bald'] as const),
    hat: random.pick(tops),
    top: random.pick(tops),
    sleeves: random.pick(['short', 'long'] as const),
    bottom: random.pick(bottoms),
    legs,
    socks: rgb(0xf4f1ea),
    shoes: random.pick(shoes),
    stripe: random.chance(0.2) ? random.pick(tops) : null,
    bag: random.chance(0.25) ? random.pick([0x8b5a32, 0xc94f3d, 0x31435f, 0xd8a23a].map(rgb)) : null,
  };
}

/** The colours of a team. */
export type Kit = {
  readonly shirt: Colour;
  readonly shorts: Colour;
  readonly socks: Colour;
  readonly stripe: Colour | null;
};

const kits: readonly (readonly [number, number, number, number | null])[] = [
  [0xd7263d, 0xf6f3ee, 0xd7263d, null],
  [0x1f5fbf, 0xf6f3ee, 0x1f5fbf, 0xf6f3ee],
  [0xf6f3ee, 0x20304f, 0xf6f3ee, 0xd7263d],
  [0xf7c531, 0x1c6b3c, 0xf7c531, null],
  [0x1d1f27, 0x1d1f27, 0x1d1f27, 0xf7c531],
  [0xf26f21, 0x23262f, 0xf26f21, null],
  [0x6fb7e9, 0x1f2f57, 0x6fb7e9, 0xf6f3ee],
  [0x6a2c91, 0xf6f3ee, 0x6a2c91, null],
];

/** Two teams that can be told apart. */
export function opposingKits(random: SceneRandom): readonly [Kit, Kit] {
  const first = random.integer(0, kits.length - 1);
  const second = (first + random.integer(1, kits.length - 1)) % kits.length;
  return [kitOf(kits[first]), kitOf(kits[second])];
}

export function sportAttire(random: SceneRandom, kit: Kit): Attire {
  return {
    ...looks(random),
    hairStyle: random.pick(['short', 'short', 'short', 'bald', 'bun', 'long'] as const),
    hat: kit.shirt,
    top: kit.shirt,
    sleeves: random.chance(0.85) ? 'short' : 'long',
    bottom: kit.shorts,
    legs: 'shorts',
    socks: kit.socks,
    shoes: random.pick([0x22242b, 0xf2efe8, 0xe8492f, 0x39d0c8].map(rgb)),
    stripe: kit.stripe,
    bag: null,
  };
}

function looks(random: SceneRandom): Pick<Attire, 'skin' | 'hair'> {
  const share = random.next();
  const one = random.integer(0, skins.length - 2);
  return { skin: mixed(skins[one], skins[one + 1], share), hair: random.pick(hairs) };
}

function kitOf([shirt, shorts, socks, stripe]: (typeof kits)[number]): Kit {
  return { shirt: rgb(shirt), shorts: rgb(shorts), socks: rgb(socks), stripe: stripe === null ? null : rgb(stripe) };
}
