/**
 * Draws the two example images of the Test tab from nothing but numbers: `node scripts/draw-examples.mjs`. The same bytes
 * every time. `--only match --scale 0.3 --samples 1 --out FOLDER` draws a quick preview.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { develop } from './examples/develop.mjs';
import { matchScene } from './examples/match.mjs';
import { streetScene } from './examples/street.mjs';
import { render } from './examples/tracer.mjs';

const pictures = [
  { name: 'street', file: 'bus.jpg', scene: streetScene, finish: { focus: 9, blur: 2, exposure: 0.58 } },
  { name: 'match', file: 'zidane.jpg', scene: matchScene, finish: { focus: 5.4, blur: 11, exposure: 0.62 } },
];

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    scale: { type: 'string', default: '1' },
    samples: { type: 'string', default: '4' },
    out: { type: 'string', default: join(import.meta.dirname, '..', 'public', 'examples') },
  },
});

await mkdir(values.out, { recursive: true });
for (const { name, file, scene, finish } of pictures) {
  if (values.only && values.only !== name) continue;
  const width = Math.round(1280 * Number(values.scale));
  const height = Math.round(853 * Number(values.scale));
  const image = render(scene(), width, height, Number(values.samples));
  const size = await develop(image, { ...finish, path: join(values.out, file) });
  process.stdout.write(`${file}: ${width} × ${height}, ${Math.round(size / 1024)} KiB\n`);
}
