import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

const side = 64;
const colours = ['#ff0000', '#0000ff'];

/** Ten images of squares, eight to train with and two to validate, in YOLO layout with a data.yaml. */
export async function drawnDataset(folder: string): Promise<void> {
  for (let k = 0; k < 10; k++) {
    const split = k < 8 ? 'train' : 'val';
    const [left, top] = [(k * 7) % 32, (k * 13) % 32];
    await drawnSquare(join(folder, 'images', split), `${k}.png`, k % 2, left, top);
    const labels = join(folder, 'labels', split);
    mkdirSync(labels, { recursive: true });
    const box = [(left + 14) / side, (top + 14) / side, 28 / side, 28 / side];
    writeFileSync(join(labels, `${k}.txt`), `${k % 2} ${box.join(' ')}\n`);
  }
  writeFileSync(join(folder, 'data.yaml'), 'path: .\ntrain: images/train\nval: images/val\nnames: [red, blue]\n');
}

/** The same squares in a folder for each class. */
export async function drawnClasses(folder: string): Promise<void> {
  for (let k = 0; k < 10; k++) {
    const name = k % 2 === 0 ? 'red' : 'blue';
    await drawnSquare(join(folder, k < 8 ? 'train' : 'val', name), `${k}.png`, k % 2, k, k);
  }
}

async function drawnSquare(folder: string, name: string, colour: number, left: number, top: number): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const square = { create: { width: 28, height: 28, channels: 3 as const, background: colours[colour] } };
  await sharp({ create: { width: side, height: side, channels: 3, background: '#808080' } })
    .composite([{ input: square, left, top }])
    .png()
    .toFile(join(folder, name));
}
