// `npm run kernels`: assembles lib/engines/vision/resize-kernel.wat into a module of bytes. With --check it only compares.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import createWabt from 'wabt';

const folder = join(dirname(dirname(fileURLToPath(import.meta.url))), 'lib', 'engines', 'vision');
const source = readFileSync(join(folder, 'resize-kernel.wat'), 'utf8');
const wabt = await createWabt();
const module = wabt.parseWat('resize-kernel.wat', source, { simd: true });
module.validate();
const { buffer } = module.toBinary({ log: false });
const base64 = Buffer.from(buffer).toString('base64');
const lines = (base64.match(/.{1,110}/g) ?? []).map((line) => `  '${line}'`).join(' +\n');
const text = `/** resize-kernel.wat, assembled: see scripts/build-kernels.mjs. Never edited by hand; \`npm run verify\` compares. */
export const resizeKernelBase64 =
${lines};
`;
const target = join(folder, 'resize-kernel-bytes.ts');
if (!process.argv.includes('--check')) writeFileSync(target, text);
else if (readFileSync(target, 'utf8') !== text) {
  console.error('resize-kernel-bytes.ts is not what resize-kernel.wat assembles to. Run npm run kernels.');
  process.exit(1);
}
