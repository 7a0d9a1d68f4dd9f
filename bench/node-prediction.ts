import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { bytesSource } from '@/lib/engines/model-files/byte-source';
import { identifyModel } from '@/lib/engines/model-files/identify-model';
import { createPredictor } from '@/lib/engines/vision/predictor';
import { defaultThresholds } from '@/lib/engines/vision/vision-result';
import { decodeImageFile } from '@/lib/platform/images/sharp-decoder';
import { nodeSessionFactory } from '@/lib/platform/runtime/onnx-node-session';
import { bareNodeRun } from './bare-node-session';
import { type Measurement, milliseconds, timePairs } from './measure';
import { syntheticYolo } from './synthetic-yolo';

/** Longest side of the photographs of COCO, on which the speed of YOLO networks is usually told. */
const cocoSide = 640;

/**
 * Whole predictions in Node, from the bytes of a JPEG to boxes, against the bare `session.run` with the same options: one
 * image alone (decode, then run), and each image of a folder (the next one is decoded while the network runs).
 */
export async function measureNodePrediction(): Promise<Measurement[]> {
  const model = syntheticYolo('detect');
  const { facts, readings } = await identifyModel(bytesSource(model));
  const session = await nodeSessionFactory()(model, facts);
  const predictor = createPredictor(session, readings[0].spec);
  const bare = await bareNodeRun(model, { threads: session.threads });
  const options = { imgsz: null, thresholds: defaultThresholds };

  const large = new Uint8Array(readFileSync('public/examples/bus.jpg'));
  const small = new Uint8Array(await sharp(large).resize(cocoSide).jpeg({ quality: 92 }).toBuffer());
  const measurements: Measurement[] = [];
  for (const [size, photo] of [
    ['640 × 427', small],
    ['1280 × 853', large],
  ] as const) {
    let next = decodeImageFile(photo);
    const ways = {
      alone: async () => predictor.predict([await decodeImageFile(photo)], options),
      'in a folder': async () => {
        const image = await next;
        next = decodeImageFile(photo);
        await predictor.predict([image], options);
      },
    };
    for (const [way, whole] of Object.entries(ways)) {
      const { a, b, ratio } = await timePairs(whole, bare, { runs: 25, warmups: 4 });
      measurements.push({
        name: `whole prediction in Node, ${size} JPEG → boxes, ${way}`,
        value: ratio,
        limit: 1.15,
        unit: 'x',
        detail: `${milliseconds(a)} against ${milliseconds(b)} bare session.run (CPU, ${session.threads} threads)`,
      });
    }
  }
  await predictor.dispose();
  return measurements;
}
