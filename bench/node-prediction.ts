import { readFileSync } from 'node:fs';
import * as ort from 'onnxruntime-node';
import { bytesSource } from '@/lib/engines/model-files/byte-source';
import { identifyModel } from '@/lib/engines/model-files/identify-model';
import { createPredictor } from '@/lib/engines/vision/predictor';
import { defaultThresholds } from '@/lib/engines/vision/vision-result';
import { decodeImageFile } from '@/lib/platform/images/sharp-decoder';
import { nodeSessionFactory } from '@/lib/platform/runtime/onnx-node-session';
import { type Measurement, milliseconds, timePairs } from './measure';
import { syntheticYolo } from './synthetic-yolo';

/** A whole prediction in Node, from the bytes of a JPEG to boxes, against the bare `session.run` with the same options. */
export async function measureNodePrediction(): Promise<Measurement> {
  const model = syntheticYolo('detect');
  const { facts, readings } = await identifyModel(bytesSource(model));
  const session = await nodeSessionFactory()(model, facts);
  const predictor = createPredictor(session, readings[0].spec);
  const photo = new Uint8Array(readFileSync('public/examples/bus.jpg'));
  const bare = await ort.InferenceSession.create(model, {
    executionProviders: ['cpu'],
    graphOptimizationLevel: 'all',
    intraOpNumThreads: session.threads,
    interOpNumThreads: 1,
    logSeverityLevel: 4,
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  });
  const input = new ort.Tensor('float32', new Float32Array(3 * 640 * 640).fill(0.5), [1, 3, 640, 640]);
  const { a, b, ratio } = await timePairs(
    async () => {
      await predictor.predict([await decodeImageFile(photo)], { imgsz: null, thresholds: defaultThresholds });
    },
    () => bare.run({ images: input }),
    { runs: 25, warmups: 4 },
  );
  await predictor.dispose();
  return {
    name: 'whole prediction in Node (JPEG → boxes)',
    value: ratio,
    limit: 1.15,
    unit: 'x',
    detail: `${milliseconds(a)} against ${milliseconds(b)} bare session.run (CPU, ${session.threads} threads)`,
  };
}
