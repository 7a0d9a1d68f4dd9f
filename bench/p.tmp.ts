import { readFileSync } from 'node:fs';
import { bytesSource } from '@/lib/engines/model-files/byte-source';
import { identifyModel } from '@/lib/engines/model-files/identify-model';
import { preprocess } from '@/lib/engines/vision/preprocess';
import { resizeLinear } from '@/lib/engines/vision/resize-linear';
import { decodeImageFile } from '@/lib/platform/images/sharp-decoder';
import { syntheticYolo } from '/work/main/bench/synthetic-yolo';

const photo = new Uint8Array(readFileSync('/work/shared/fixtures/images/bus.jpg'));
const { readings } = await identifyModel(bytesSource(syntheticYolo('detect')));
const im = await decodeImageFile(photo);
for (let i = 0; i < 60; i++) {
  const b = performance.now();
  preprocess(im, readings[0].spec, null);
  const c = performance.now();
  resizeLinear(im, { width: 480, height: 640 });
  const d = performance.now();
  if (i % 8 == 0) console.log((c - b).toFixed(1), (d - c).toFixed(1));
}
