/** Red, green and blue, 0–255 (above 255 where light is meant). */
export type Colour = readonly [number, number, number];

/** `0xrrggbb` as a colour. */
export function rgb(hex: number): Colour {
  return [(hex >> 16) & 255, (hex >> 8) & 255, hex & 255];
}

/** From `one` (0) to `other` (1). */
export function mixed(one: Colour, other: Colour, share: number): Colour {
  return [
    one[0] + (other[0] - one[0]) * share,
    one[1] + (other[1] - one[1]) * share,
    one[2] + (other[2] - one[2]) * share,
  ];
}

const highlight: Colour = [255, 252, 240];
/** Shadows are bluish, as under an open sky: black would make them dirty. */
const shade: Colour = [26, 28, 58];

export function lighter(colour: Colour, share: number): Colour {
  return mixed(colour, highlight, share);
}

export function darker(colour: Colour, share: number): Colour {
  return mixed(colour, shade, share);
}
