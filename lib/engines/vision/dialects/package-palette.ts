/** The Ultralytics package's twenty class colours, in its order; a class takes the one at its index modulo twenty. */
const palette = [
  '#042aff',
  '#0bdbeb',
  '#f3f3f3',
  '#00dfb7',
  '#111f68',
  '#ff6fdd',
  '#ff444f',
  '#cced00',
  '#00f344',
  '#bd00ff',
  '#00b4ff',
  '#dd00ba',
  '#00ffff',
  '#26c000',
  '#01ffb3',
  '#7d24ff',
  '#7b0068',
  '#ff1b6c',
  '#fc6d2f',
  '#a2ff0b',
] as const;

/** `#rrggbb` of a class. */
export function packageColour(classId: number): string {
  return palette[classId % palette.length] ?? palette[0];
}

/** Red, green and blue 0–255 of a class. */
export function packageRgb(classId: number): readonly [number, number, number] {
  return rgb[classId % rgb.length] ?? [0, 0, 0];
}

const rgb = palette.map((colour): readonly [number, number, number] => {
  const packed = Number.parseInt(colour.slice(1), 16);
  return [packed >> 16, (packed >> 8) & 0xff, packed & 0xff];
});
