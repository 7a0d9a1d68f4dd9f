/** Who the figures are: skin, hair, clothes. Colours are linear reflectances. */

const skins = {
  light: [0.6, 0.37, 0.27],
  olive: [0.44, 0.26, 0.175],
  brown: [0.25, 0.135, 0.085],
  dark: [0.125, 0.066, 0.042],
};

const hairs = {
  black: [0.012, 0.01, 0.009],
  brown: [0.055, 0.03, 0.017],
  fair: [0.3, 0.19, 0.09],
  grey: [0.3, 0.29, 0.28],
};

/** Rows of a 5 × 7 dot font, for numbers on jerseys and the sign of the bus. */
const glyphs = {
  0: '01110 10001 10011 10101 11001 10001 01110',
  1: '00100 01100 00100 00100 00100 00100 01110',
  2: '01110 10001 00001 00110 01000 10000 11111',
  4: '00010 00110 01010 10010 11111 00010 00010',
  7: '11111 00001 00010 00100 01000 01000 01000',
  8: '01110 10001 10001 01110 10001 10001 01110',
  A: '01110 10001 10001 11111 10001 10001 10001',
  C: '01110 10001 10000 10000 10000 10001 01110',
  E: '11111 10000 10000 11110 10000 10000 11111',
  L: '10000 10000 10000 10000 10000 10000 11111',
  N: '10001 11001 10101 10011 10001 10001 10001',
  R: '11110 10001 10001 11110 10100 10010 10001',
  T: '11111 00100 00100 00100 00100 00100 00100',
  ' ': '00000 00000 00000 00000 00000 00000 00000',
};

/** Whether a dot of the text is lit at u (0 to text length × 6) and v (0 at the bottom to 7). */
export function lettered(text, u, v) {
  const column = Math.floor(u);
  const row = 6 - Math.floor(v);
  if (row < 0 || row > 6 || column < 0 || column >= text.length * 6) return false;
  const glyph = glyphs[text[Math.floor(column / 6)]] ?? glyphs[' '];
  return glyph.split(' ')[row][column % 6] === '1';
}

/** A jersey with a number, a collar and a hem in the second colour. */
function jersey(ground, trim, number, stripes = 0) {
  return (u, v, w) => {
    if (v > 0.2 && Math.hypot(u, w) < 0.092) return trim;
    const width = number.length * 6 - 1;
    const size = w > 0 ? 0.017 : 0.026;
    const at = [(w > 0 ? -u : u) / size + width / 2, (v + (w > 0 ? 0.02 : 0.09)) / size];
    if (Math.abs(u) < 0.2 && lettered(number, at[0], at[1])) return trim;
    if (stripes > 0 && Math.abs(u) < 0.2 && Math.floor((u + 1) / stripes) % 2 === 0) return trim;
    if (Math.abs(u) > 0.3) return trim;
    return ground;
  };
}

function plain(colour) {
  return () => colour;
}

const white = [0.72, 0.72, 0.7];

export const players = {
  red: {
    skin: skins.brown,
    hair: hairs.black,
    shirt: jersey([0.5, 0.022, 0.03], white, '7'),
    trousers: [0.62, 0.62, 0.61],
    shorts: true,
    socks: [0.45, 0.02, 0.03],
    shoes: [0.015, 0.015, 0.018],
    folds: 1.1,
    build: 1.02,
  },
  redTwo: {
    skin: skins.light,
    hair: hairs.fair,
    shirt: jersey([0.5, 0.022, 0.03], white, '10'),
    trousers: [0.62, 0.62, 0.61],
    shorts: true,
    socks: [0.45, 0.02, 0.03],
    shoes: [0.5, 0.48, 0.05],
    folds: 1.1,
  },
  blue: {
    skin: skins.olive,
    hair: hairs.brown,
    beard: true,
    shirt: jersey([0.02, 0.075, 0.36], white, '8'),
    trousers: [0.016, 0.045, 0.2],
    shorts: true,
    socks: [0.02, 0.07, 0.34],
    shoes: [0.55, 0.12, 0.02],
    folds: 1.1,
  },
  blueTwo: {
    skin: skins.dark,
    hair: hairs.black,
    shirt: jersey([0.02, 0.075, 0.36], white, '4'),
    trousers: [0.016, 0.045, 0.2],
    shorts: true,
    socks: [0.02, 0.07, 0.34],
    shoes: [0.5, 0.5, 0.5],
    folds: 1.1,
    build: 1.03,
  },
};

export const townspeople = {
  commuter: {
    skin: skins.olive,
    hair: hairs.brown,
    shirt: plain([0.03, 0.045, 0.085]),
    longSleeves: true,
    trousers: [0.14, 0.11, 0.075],
    shoes: [0.05, 0.025, 0.014],
  },
  student: {
    skin: skins.light,
    hair: hairs.fair,
    hairStyle: 'long',
    shirt: plain([0.5, 0.1, 0.06]),
    longSleeves: true,
    trousers: [0.035, 0.06, 0.13],
    shoes: [0.6, 0.6, 0.58],
    build: 0.9,
  },
  runner: {
    skin: skins.dark,
    hair: hairs.black,
    shirt: plain([0.62, 0.6, 0.54]),
    trousers: [0.022, 0.022, 0.026],
    shoes: [0.3, 0.03, 0.03],
  },
  elder: {
    skin: skins.light,
    hair: hairs.grey,
    shirt: plain([0.16, 0.2, 0.13]),
    longSleeves: true,
    trousers: [0.07, 0.07, 0.075],
    shoes: [0.02, 0.016, 0.014],
    build: 1.06,
  },
  visitor: {
    skin: skins.brown,
    hair: hairs.black,
    hairStyle: 'tail',
    shirt: plain([0.5, 0.38, 0.05]),
    trousers: [0.06, 0.08, 0.14],
    shoes: [0.5, 0.5, 0.48],
    build: 0.9,
  },
};
