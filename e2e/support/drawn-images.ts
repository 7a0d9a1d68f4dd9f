import sharp from 'sharp';

export type Patch = {
  readonly colour: 'red' | 'green' | 'blue';
  readonly left: number;
  readonly top: number;
  readonly size: number;
};

const grey = [128, 128, 128] as const;
const colours = { red: [255, 0, 0], green: [0, 255, 0], blue: [0, 0, 255] } as const;

/**
 * A PNG of coloured squares on grey. At 64 × 64 with squares of 8, 16 or 32 aligned to their own size, the tiny models find
 * exactly those squares, to the bit, because nothing is resized and nothing rounds.
 */
export function drawSquares(patches: readonly Patch[], size = { width: 64, height: 64 }): Promise<Buffer> {
  const data = Buffer.alloc(size.width * size.height * 3);
  for (let y = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++) {
      const patch = patches.find(
        ({ left, top, size: side }) => x >= left && x < left + side && y >= top && y < top + side,
      );
      data.set(patch ? colours[patch.colour] : grey, (y * size.width + x) * 3);
    }
  }
  return sharp(data, { raw: { ...size, channels: 3 } })
    .png()
    .toBuffer();
}

/** A red 16-pixel square at (16, 16) and a blue 8-pixel one at (48, 40): what most journeys look at. */
export function redAndBlue(): Promise<Buffer> {
  return drawSquares([
    { colour: 'red', left: 16, top: 16, size: 16 },
    { colour: 'blue', left: 48, top: 40, size: 8 },
  ]);
}
