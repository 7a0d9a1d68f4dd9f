import { describe, expect, it } from 'vitest';
import { referenceCases } from '@/lib/engines/vision/dialects/test-support/reference-results';
import { smallContext, smallResults } from '@/lib/engines/vision/dialects/test-support/small-results';
import { ultralyticsDialect } from '@/lib/engines/vision/dialects/ultralytics';

const cases = referenceCases();

describe.skipIf(cases.length === 0)('recorded results of the package', () => {
  it.each(cases.filter(({ result }) => result.task !== 'obb'))('writes the rows of to_json: $name', (recorded) => {
    expect(ultralyticsDialect.document(recorded.result, smallContext)).toEqual(recorded.toJson);
  });

  // The package's float32 cosine may be off by its last bit, which shows as one unit of the fifth decimal of a corner.
  it.each(cases.filter(({ result }) => result.task === 'obb'))(
    'writes the rotated rows of to_json: $name',
    (recorded) => {
      const rows = flatten(ultralyticsDialect.document(recorded.result, smallContext));
      const expected = flatten(recorded.toJson);
      expect(rows.map(([path]) => path)).toEqual(expected.map(([path]) => path));
      for (const [index, [path, value]] of expected.entries()) {
        const written = rows[index]?.[1];
        if (typeof value !== 'number') expect(written, path).toBe(value);
        else expect(Math.abs(Number(written) - value), path).toBeLessThanOrEqual(1.01e-5);
      }
    },
  );
});

describe('the rows of Results.to_json()', () => {
  it('writes fractions of the image when asked to normalise', () => {
    const rows = ultralyticsDialect.document(smallResults.detect, { ...smallContext, normalize: true });
    expect(rows).toEqual([
      { name: 'car', class: 1, confidence: 0.875, box: { x1: 0.25, y1: 0.2, x2: 0.35625, y2: 0.4 } },
      { name: 'person', class: 0, confidence: 0.5, box: { x1: 0, y1: 0, x2: 0.5, y2: 1 } },
    ]);
  });

  it('keeps no more decimals than asked', () => {
    const rows = ultralyticsDialect.document(smallResults.detect, { ...smallContext, decimals: 1 });
    expect(rows).toMatchObject([{ confidence: 0.9, box: { x2: 14.2 } }, { confidence: 0.5 }]);
  });

  it('lists the five likeliest classes, equals by index', () => {
    const rows = ultralyticsDialect.document(smallResults.classify, smallContext);
    expect(rows).toEqual([
      { name: 'car', class: 1, confidence: 0.5 },
      { name: 'cat', class: 3, confidence: 0.25 },
      { name: 'person', class: 0, confidence: 0.125 },
      { name: 'dog', class: 2, confidence: 0.0625 },
      { name: 'bus', class: 4, confidence: 0.03125 },
    ]);
  });

  it('writes the share of the image that each class covers', () => {
    expect(ultralyticsDialect.document(smallResults.semantic, smallContext)).toEqual([
      { name: 'road', class: 0, pixel_ratio: 0.25 },
      { name: 'sky', class: 1, pixel_ratio: 0.75 },
    ]);
  });

  it('leaves out visibility where the model has none', () => {
    const [first] = smallResults.pose.detections;
    const keypoints = [{ x: 1, y: 2, visibility: null }];
    const result = { ...smallResults.pose, detections: first ? [{ ...first, keypoints }] : [] };
    expect(ultralyticsDialect.document(result, smallContext)).toMatchObject([{ keypoints: { x: [1], y: [2] } }]);
    expect(JSON.stringify(ultralyticsDialect.document(result, smallContext))).not.toContain('visible');
  });
});

/** Every leaf of a document with its path. */
function flatten(value: unknown, path = ''): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([key, child]) => flatten(child, `${path}/${key}`));
}
