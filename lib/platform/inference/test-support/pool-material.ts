import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { defaultThresholds } from '@/lib/engines/vision/vision-result';
import type { InferenceModel, InferenceRequest } from '@/lib/platform/inference/inference-request';

/** A folder for one test file; whoever makes it removes it. */
export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'sightline-pool-'));
}

/** Writes a model where the pool can read it. */
export function storedModel(folder: string, bytes: Uint8Array): InferenceModel {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const file = join(folder, `${sha256.slice(0, 16)}.onnx`);
  writeFileSync(file, bytes);
  return { sha256, file };
}

/** A PNG of 128 × 96 pixels, black, with a red square of `side` pixels. */
export async function redSquare(side = 32): Promise<Uint8Array> {
  const square = { create: { width: side, height: side, channels: 3 as const, background: '#ff0000' } };
  return sharp({ create: { width: 128, height: 96, channels: 3, background: '#000000' } })
    .composite([{ input: await sharp(square).png().toBuffer(), left: 32, top: 32 }])
    .png()
    .toBuffer();
}

/** An ordinary request for an image. */
export function imageRequest(model: InferenceModel, bytes: Uint8Array): InferenceRequest {
  return {
    model,
    input: { kind: 'image', bytes, name: 'square.png' },
    imgsz: null,
    thresholds: defaultThresholds,
    dialect: { name: 'hub', context: { modelName: 'tiny' }, withSpeed: false },
  };
}
