/**
 * Draws the example pictures of the Test tab from nothing but numbers: `node scripts/draw-examples.mjs`, the same bytes every time.
 * `--only bus.jpg` draws one of them, `--out FOLDER` puts them elsewhere.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { register } from 'tsx/esm/api';

register({ tsconfig: fileURLToPath(new URL('../tsconfig.json', import.meta.url)) });
const { examplePictures } = await import('./examples/pictures.ts');
const { drawStage } = await import('../lib/engines/scenes/draw-scene.ts');
const { sceneRandom } = await import('../lib/engines/scenes/random.ts');

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    out: { type: 'string', default: join(import.meta.dirname, '..', 'public', 'examples') },
  },
});

await mkdir(values.out, { recursive: true });
for (const { file, size, design, seed } of examplePictures) {
  if (values.only && values.only !== file) continue;
  const { pixels, width, height } = drawStage(design, sceneRandom(seed), size);
  const written = await sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 90, mozjpeg: true })
    .toFile(join(values.out, file));
  process.stdout.write(`${file}: ${width} × ${height}, ${written.size} bytes\n`);
}
