import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '@/lib/engines/vision/dialects/dialect';
import { dialects } from '@/lib/engines/vision/dialects/dialect-registry';
import { smallContext, smallResults } from '@/lib/engines/vision/dialects/test-support/small-results';

const speed = { preprocess: 2.8, inference: 200.8, postprocess: 0.8 };

describe('platform', () => {
  it('names the class, gives its number, and the size of the image', () => {
    expect(dialects.platform.document(smallResults.detect, { ...smallContext, speed })).toEqual({
      success: true,
      predictions: [
        { class: 'car', classId: 1, confidence: 0.875, box: { x1: 10, y1: 4, x2: 14.25, y2: 8 } },
        { class: 'person', classId: 0, confidence: 0.5, box: { x1: 0, y1: 0, x2: 20, y2: 20 } },
      ],
      image: { width: 40, height: 20 },
      speed,
    });
  });

  it('writes segments as pairs and keypoints as objects', () => {
    expect(dialects.platform.document(smallResults.segment, smallContext)).toMatchObject({
      predictions: [
        {
          segments: [
            [10, 4],
            [14, 4],
            [14, 6],
            [12, 8],
            [10, 8],
          ],
        },
        {},
      ],
    });
    expect(dialects.platform.document(smallResults.pose, smallContext)).toMatchObject({
      predictions: [
        {
          keypoints: [
            { x: 11, y: 5, conf: 0.75 },
            { x: 13, y: 7, conf: 0.25 },
          ],
        },
        {},
      ],
    });
  });

  it('writes the four corners of a rotated box', () => {
    expect(dialects.platform.document(smallResults.obb, smallContext)).toMatchObject({
      predictions: [{ box: { x1: 14, y1: 7, x2: 14, y2: 5, x3: 10, y3: 5, x4: 10, y4: 7 } }, {}],
    });
  });

  it('lists five classes of a classification', () => {
    const document = dialects.platform.document(smallResults.classify, smallContext);
    expect(member(document, 'predictions')).toHaveLength(5);
    expect(document).toMatchObject({ predictions: [{ class: 'car', classId: 1, confidence: 0.5 }, {}, {}, {}, {}] });
  });
});

describe('hub', () => {
  it('wraps rows in images with shape and speed', () => {
    expect(dialects.hub.document(smallResults.segment, { ...smallContext, speed })).toMatchObject({
      images: [
        {
          results: [
            { class: 1, name: 'car', confidence: 0.875, segments: { x: [10, 14, 14, 12, 10], y: [4, 4, 6, 8, 8] } },
            {},
          ],
          shape: [20, 40],
          speed,
        },
      ],
      metadata: { imageCount: 1 },
    });
  });
});

describe('hub-legacy', () => {
  it('normalises unless told not to', () => {
    expect(dialects['hub-legacy'].document(smallResults.detect, smallContext)).toMatchObject({
      success: true,
      message: 'Inference complete.',
      data: [{ name: 'car', class: 1, box: { x1: 0.25, y1: 0.2, x2: 0.35625, y2: 0.4 } }, {}],
    });
    expect(dialects['hub-legacy'].document(smallResults.detect, { ...smallContext, normalize: false })).toMatchObject({
      data: [{ box: { x1: 10, y1: 4, x2: 14.25, y2: 8 } }, {}],
    });
  });
});

describe('yololabel', () => {
  it('answers the boxes of its documentation with labels of four decimals', () => {
    const [first, second] = smallResults.detect.detections;
    if (!first || !second) throw new Error('two detections are expected');
    const result = {
      ...smallResults.detect,
      image: { width: 1024, height: 768 },
      detections: [
        { ...first, classId: 0, score: 0.94, box: { x1: 120, y1: 45, x2: 380, y2: 620 } },
        { ...second, classId: 1, score: 0.87, box: { x1: 490, y1: 210, x2: 890, y2: 480 } },
      ],
    };
    expect(dialects.yololabel.document(result, { ...smallContext, speed: { ...speed, inference: 142.7 } })).toEqual({
      detections: [
        { label: 'person', score: 0.94, bbox: [120, 45, 380, 620], class_id: 0 },
        { label: 'car', score: 0.87, bbox: [490, 210, 890, 480], class_id: 1 },
      ],
      yolo_txt: '0 0.2441 0.4329 0.2539 0.7487\n1 0.6738 0.4492 0.3906 0.3516',
      image_width: 1024,
      image_height: 768,
      compute_ms: 143,
    });
  });
});

describe('platform-images', () => {
  it('carries depth as a PNG from which metres are read back', async () => {
    const document = dialects['platform-images'].document(smallResults.depth, smallContext);
    expect(document).toMatchObject({
      images: [{ results: [], depth: { shape: [1, 2], encoding: 'png', min: 2, max: 4, bits: 8 } }],
      metadata: { imageCount: 1, task: 'depth' },
    });
    const pixels = await decode(document, 'images', '0', 'depth', 'data');
    expect([...pixels].map((value) => Math.round(((value * 4) / 255) * 10) / 10)).toEqual([2, 4]);
  });

  it('carries a class map as a PNG of class ids', async () => {
    const document = dialects['platform-images'].document(smallResults.semantic, smallContext);
    expect([...(await decode(document, 'images', '0', 'semantic_mask', 'data'))]).toEqual([1, 1, 0, 1]);
  });
});

describe('yolo-js', () => {
  it('gives each class the package’s colour', () => {
    expect(dialects['yolo-js'].document(smallResults.obb, smallContext)).toMatchObject({
      task: 'obb',
      boxes: [],
      obb: [
        { x: 12, y: 6, w: 4, h: 2, angle: 0, cls: 1, color: '#0bdbeb' },
        { cls: 0, color: '#042aff' },
      ],
      probs: null,
      masks: null,
    });
  });

  it('paints masks translucent in class colours, the surer on top', async () => {
    const document = dialects['yolo-js'].document(smallResults.segment, smallContext);
    const rgba = await decode(document, 'masks', 'data');
    expect(rgba).toHaveLength(40 * 20 * 4);
    expect([...rgba.subarray((4 * 40 + 10) * 4, (4 * 40 + 10) * 4 + 4)]).toEqual([0x0b, 0xdb, 0xeb, 128]);
    expect([...rgba.subarray(0, 4)]).toEqual([0, 0, 0, 0]);
  });

  it('lists the five likeliest classes in columns', () => {
    expect(dialects['yolo-js'].document(smallResults.classify, smallContext)).toMatchObject({
      probs: { top1: 1, top5: [1, 3, 0, 2, 4], top1conf: 0.5, name: 'car' },
    });
  });
});

describe('roboflow', () => {
  it('writes boxes by their centre', () => {
    expect(dialects.roboflow.document(smallResults.detect, smallContext)).toMatchObject({
      image: { width: 40, height: 20 },
      predictions: [{ x: 12.125, y: 6, width: 4.25, height: 4, confidence: 0.875, class: 'car', class_id: 1 }, {}],
    });
  });

  it('gives a detection the same UUID-shaped id on every run, and each its own', () => {
    const [first, again] = [0, 1].map(() => dialects.roboflow.document(smallResults.detect, smallContext));
    expect(again).toEqual(first);
    const ids = JSON.stringify(first).match(/[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g);
    expect(new Set(ids).size).toBe(2);
    const elsewhere = dialects.roboflow.document(smallResults.detect, { ...smallContext, imageName: 'zidane.jpg' });
    expect(elsewhere).not.toEqual(first);
  });

  it('writes masks as polygons of points', () => {
    expect(dialects.roboflow.document(smallResults.segment, smallContext)).toMatchObject({
      predictions: [{ mask_format: 'polygon', points: [{ x: 10, y: 4 }, {}, {}, {}, {}] }, {}],
    });
  });
});

describe('huggingface', () => {
  it('cuts boxes to whole pixels', () => {
    expect(dialects.huggingface.document(smallResults.detect, smallContext)).toEqual([
      { score: 0.875, label: 'car', box: { xmin: 10, ymin: 4, xmax: 14, ymax: 8 } },
      { score: 0.5, label: 'person', box: { xmin: 0, ymin: 0, xmax: 20, ymax: 20 } },
    ]);
  });

  it('writes a mask as a PNG of the image’s size', async () => {
    const pixels = await decode(dialects.huggingface.document(smallResults.segment, smallContext), '0', 'mask');
    expect(pixels).toHaveLength(40 * 20);
    expect(pixels.filter((value) => value === 255)).toHaveLength(12);
  });
});

describe('kserve', () => {
  it.each(['detect', 'segment', 'pose', 'obb', 'classify', 'semantic', 'depth'] as const)(
    'fills every %s tensor exactly',
    (task) => {
      const document = dialects.kserve.document(smallResults[task], smallContext);
      const outputs = member(document, 'outputs') as { name: string; shape: number[]; data: unknown[] }[];
      expect(outputs.length).toBeGreaterThan(0);
      for (const { name, shape, data } of outputs) {
        expect(data, name).toHaveLength(shape.reduce((product, length) => product * length, 1));
      }
    },
  );
});

describe('supervision', () => {
  it('writes columns, and masks as run lengths that cover the image', () => {
    const document = dialects.supervision.document(smallResults.segment, smallContext);
    expect(document).toMatchObject({
      xyxy: [
        [10, 4, 14.25, 8],
        [0, 0, 20, 20],
      ],
      class_id: [1, 0],
      data: { class_name: ['car', 'person'] },
    });
    const [mask] = member(document, 'mask') as { size: [number, number]; counts: number[] }[];
    expect(mask?.size).toEqual([20, 40]);
    expect(mask?.counts.reduce((sum, count) => sum + count, 0)).toBe(800);
    expect(mask?.counts.filter((_, index) => index % 2 === 1).reduce((sum, count) => sum + count, 0)).toBe(12);
  });

  it('keeps the corners of rotated boxes beside their bounds', () => {
    expect(dialects.supervision.document(smallResults.obb, smallContext)).toMatchObject({
      data: {
        xyxyxyxy: [
          [
            [14, 7],
            [14, 5],
            [10, 5],
            [10, 7],
          ],
          expect.anything(),
        ],
      },
    });
  });
});

function member(value: JsonValue, ...path: readonly string[]): JsonValue {
  return path.reduce<JsonValue>((at, key) => (at as Record<string, JsonValue>)[key] ?? null, value);
}

async function decode(document: JsonValue, ...path: readonly string[]): Promise<Uint8Array> {
  const image = sharp(Buffer.from(String(member(document, ...path)), 'base64'));
  const { channels } = await image.metadata();
  const raw = channels === 1 ? image.toColourspace('b-w').raw() : image.raw();
  return new Uint8Array(await raw.toBuffer());
}
