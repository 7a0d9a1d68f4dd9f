import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { createRandom, type SeededRandom } from '@/lib/engines/training/augment/seeded-random';

const names = ['red', 'green', 'blue'];
const colours = [
  [220, 60, 60],
  [60, 200, 90],
  [70, 90, 230],
] as const;

/** Photographs of the usual size are enlarged or reduced when they are read; these are a bit larger than what is trained. */
const [width, height] = [480, 360];

/** Draws a data set of rectangles on noise in YOLO layout. Gives the path of its data.yaml. */
export async function drawData(folder: string, counts: { train: number; val: number }): Promise<string> {
  const random = createRandom(1);
  for (const [split, count] of Object.entries(counts)) {
    for (const kind of ['images', 'labels']) mkdirSync(join(folder, kind, split), { recursive: true });
    for (let index = 0; index < count; index += 1) await drawImage(folder, split, index, random);
  }
  const path = join(folder, 'data.yaml');
  writeFileSync(path, `path: ${folder}\ntrain: images/train\nval: images/val\nnames: [${names.join(', ')}]\n`);
  return path;
}

async function drawImage(folder: string, split: string, index: number, random: SeededRandom): Promise<void> {
  const levels = new Uint8Array(width * height * 3).map(() => 90 + random.below(60));
  const lines = Array.from({ length: 1 + random.below(6) }, () => drawRectangle(levels, random));
  const jpeg = await sharp(levels, { raw: { width, height, channels: 3 } })
    .jpeg()
    .toBuffer();
  writeFileSync(join(folder, 'images', split, `${index}.jpg`), jpeg);
  writeFileSync(join(folder, 'labels', split, `${index}.txt`), `${lines.join('\n')}\n`);
}

/** Its line of the label file. */
function drawRectangle(levels: Uint8Array, random: SeededRandom): string {
  const classId = random.below(names.length);
  const [w, h] = [20 + random.below(160), 20 + random.below(160)];
  const [left, top] = [random.below(width - w), random.below(height - h)];
  for (let y = top; y < top + h; y += 1) {
    for (let x = left; x < left + w; x += 1) levels.set(colours[classId], (y * width + x) * 3);
  }
  return [classId, (left + w / 2) / width, (top + h / 2) / height, w / width, h / height].join(' ');
}
