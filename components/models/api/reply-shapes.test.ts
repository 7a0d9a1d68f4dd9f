import { describe, expect, it } from 'vitest';
import { shapesOfReply } from '@/components/models/api/reply-shapes';
import { findDialect } from '@/lib/engines/vision/dialects/dialect-registry';
import { smallContext, smallResults } from '@/lib/engines/vision/dialects/test-support/small-results';

const pixels = { isNormalised: false, image: null };

/** What the server would answer, read back as the page reads it. */
function reply(dialect: string, task: keyof typeof smallResults, normalize?: boolean): unknown {
  const document = findDialect(dialect).document(smallResults[task], { ...smallContext, normalize });
  return JSON.parse(JSON.stringify(document));
}

describe('drawing a reply', () => {
  it.each(['detect', 'segment', 'pose', 'obb'] as const)('shows a %s reply alike in every form', (task) => {
    const platform = shapesOfReply(reply('platform', task), pixels);
    expect(platform?.shapes.length).toBeGreaterThan(0);
    for (const dialect of ['hub', 'platform-images', 'ultralytics']) {
      expect(shapesOfReply(reply(dialect, task), pixels)?.shapes).toEqual(platform?.shapes);
    }
    const { image } = smallResults[task];
    const legacy = shapesOfReply(reply('hub-legacy', task), { isNormalised: true, image });
    for (const [index, shape] of (legacy?.shapes ?? []).entries()) {
      for (const [corner, [x, y]] of shape.corners.entries()) {
        const exact = platform?.shapes[index]?.corners[corner];
        expect(x).toBeCloseTo(exact?.[0] ?? Number.NaN, 1);
        expect(y).toBeCloseTo(exact?.[1] ?? Number.NaN, 1);
      }
    }
  });

  it('turns an upright box into its four corners', () => {
    const drawn = shapesOfReply(reply('platform', 'detect'), pixels);
    expect(drawn?.shapes[0]?.corners).toHaveLength(4);
    expect(drawn?.image).toEqual({ ...smallResults.detect.image });
  });

  it('lists the classes of a whole image without a place', () => {
    const drawn = shapesOfReply(reply('platform', 'classify'), pixels);
    expect(drawn?.shapes.every(({ corners }) => corners.length === 0)).toBe(true);
    expect(drawn?.shapes[0]?.confidence).toBeGreaterThan(0);
  });

  it('places fractions only once the size of the image is known', () => {
    expect(shapesOfReply(reply('hub-legacy', 'detect'), { isNormalised: true, image: null })).toBeNull();
  });

  it.each([null, 7, 'text', {}, { predictions: 'none' }, [{ label: 'bus', score: 1 }], { images: [] }])(
    'draws nothing of %j',
    (body) => {
      expect(shapesOfReply(body, pixels)).toBeNull();
    },
  );
});
