import { describe, expect, it } from 'vitest';
import { bytesSource } from '@/lib/engines/model-files/byte-source';
import { identifyModel } from '@/lib/engines/model-files/identify-model';
import { tinyAngles } from '@/lib/engines/model-files/test-support/tiny-detector';
import { type TinyOptions, tinyModel } from '@/lib/engines/model-files/test-support/tiny-models';
import type { PixelImage } from '@/lib/engines/vision/pixel-image';
import { createPredictor } from '@/lib/engines/vision/predictor';
import { defaultThresholds, type VisionResult } from '@/lib/engines/vision/vision-result';
import { nodeSessionFactory } from '@/lib/platform/runtime/onnx-node-session';

/** Where the red square lies in the test image, aligned as the tiny models ask for. */
const square = { x1: 16, y1: 16, x2: 32, y2: 32 };

describe('predicting with tiny models on the Node runtime', () => {
  const detectors: readonly TinyOptions[] = [
    {},
    { layout: 'anchors-transposed' },
    { layout: 'anchors-objectness' },
    { layout: 'rows' },
    { elementType: 'float16' },
    { dynamic: true },
    { batch: 3 },
    { task: 'segment' },
    { task: 'segment', layout: 'rows' },
    { task: 'pose' },
    { task: 'pose', layout: 'rows' },
    { task: 'obb' },
    { task: 'obb', layout: 'rows' },
  ];

  it.each(detectors)('finds the red square with %o', async (options) => {
    const result = await predict(options);
    if (!('detections' in result)) throw new Error(`A result of ${result.task} has no detections`);
    expect(result.detections).toHaveLength(1);
    const [{ box, classId, mask, keypoints, oriented }] = result.detections;
    expect(result.names[classId]).toBe('red');
    expect([mask !== null, keypoints !== null, oriented !== null]).toEqual([
      options.task === 'segment',
      options.task === 'pose',
      options.task === 'obb',
    ]);
    if (!oriented) expect(box).toEqual(square);
    else expect(oriented).toEqual({ cx: 24, cy: 24, width: 16, height: 8, angle: tinyAngles[0] });
    if (keypoints) expect(keypoints.at(-1)).toEqual({ x: 24, y: 24, visibility: 1 });
  });

  it('classifies, maps classes and measures depth', async () => {
    const classes = await predict({ task: 'classify' });
    expect(classes.task === 'classify' && classes.probabilities).toHaveLength(4);

    for (const layout of ['class-map', 'class-logits'] as const) {
      const map = await predict({ task: 'semantic', layout });
      if (map.task !== 'semantic') throw new Error('expected a class map');
      expect([map.names[map.classMap[24 * 64 + 24]], map.names[map.classMap[0]]]).toEqual(['red', 'background']);
    }

    const depth = await predict({ task: 'depth' });
    if (depth.task !== 'depth') throw new Error('expected depth');
    expect([depth.depth[24 * 64 + 24], depth.depth[0]]).toEqual([1.5, 12]);
    expect(depth.range).toEqual({ min: 1.5, max: 12 });
  });
});

async function predict(options: TinyOptions): Promise<VisionResult> {
  const model = tinyModel(options);
  const { facts, readings } = await identifyModel(bytesSource(model));
  const session = await nodeSessionFactory({ threads: 1 })(model, facts);
  const predictor = createPredictor(session, readings[0].spec);
  try {
    const [{ result }] = await predictor.predict([redSquare()], { imgsz: 64, thresholds: defaultThresholds });
    return result;
  } finally {
    await predictor.dispose();
  }
}

function redSquare(): PixelImage {
  const data = new Uint8Array(64 * 64 * 3).fill(255);
  for (let y = square.y1; y < square.y2; y++) {
    for (let x = square.x1; x < square.x2; x++) data.set([255, 0, 0], 3 * (y * 64 + x));
  }
  return { width: 64, height: 64, channels: 3, data };
}
