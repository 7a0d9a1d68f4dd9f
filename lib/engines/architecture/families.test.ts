import { describe, expect, it } from 'vitest';
import { calibratedFamily } from '@/lib/engines/architecture/test-support/calibrated-family';
import { expectAnswer, expectSameAnswer } from '@/lib/engines/architecture/test-support/expect-answer';
import { families, familyNamed } from '@/lib/engines/architecture/test-support/module-trees/families';
import { fuseTree } from '@/lib/engines/architecture/test-support/module-trees/fuse-tree';
import { checkpointAround } from '@/lib/engines/architecture/test-support/module-trees/model-tree';
import { noiseImage } from '@/lib/engines/architecture/test-support/noise-image';
import { oracleAnswer } from '@/lib/engines/architecture/test-support/oracle/oracle-answer';
import { withConverted } from '@/lib/engines/architecture/test-support/run-converted';

const side = 64;
const endToEndFamilies = families.filter(({ name }) => /^yolo(v10|26)n(-(seg|pose|obb))?$/.test(name));

describe.each(families)('a converted $name', (family) => {
  const checkpoint = calibratedFamily(family);

  it('answers what its modules compute', async () => {
    const image = noiseImage(7, side);
    const [answer] = await withConverted(checkpoint, { imgsz: side }, async ({ run }) => [await run(image)]);
    expectAnswer(answer, [oracleAnswer(checkpoint, image)]);
  });

  it('answers alike when the file was fused', async () => {
    const image = noiseImage(8, side);
    const fused = checkpointAround(fuseTree(checkpoint.model));
    const whole = await withConverted(checkpoint, { imgsz: side }, ({ run }) => run(image));
    const folded = await withConverted(fused, { imgsz: side }, ({ run }) => run(image));
    expectSameAnswer(folded, whole);
  });

  it('answers two images as it answers each, at sizes that it learns when it runs', async () => {
    const images = [noiseImage(9, side, 2 * side), noiseImage(10, side, 2 * side)];
    const sizes = { imgsz: [side, 2 * side] } as const;
    const [both, single, square] = await withConverted(checkpoint, { dynamic: true }, async ({ run }) => [
      await run(...images),
      await run(images[1]),
      await run(noiseImage(7, side)),
    ]);
    expectAnswer(
      both,
      images.map((image) => oracleAnswer(checkpoint, image)),
    );
    expectSameAnswer(single, await withConverted(checkpoint, sizes, ({ run }) => run(images[1])));
    expectSameAnswer(square, await withConverted(checkpoint, { imgsz: side }, ({ run }) => run(noiseImage(7, side))));
    const fixed = await withConverted(checkpoint, { ...sizes, batch: 2 }, ({ run }) => run(...images));
    expectSameAnswer(fixed, both);
  });
});

describe('end-to-end families exported plain', () => {
  it.each(endToEndFamilies)('$name answers all anchors of its one-to-many branch', async (family) => {
    const checkpoint = calibratedFamily(family);
    const image = noiseImage(11, side);
    const answer = await withConverted(checkpoint, { imgsz: side, endToEnd: false }, ({ run }) => run(image));
    expectAnswer(answer, [oracleAnswer(checkpoint, image, false)]);
  });
});

describe('options that all families share', () => {
  it.each(['yolov8n', 'yolo11n-seg', 'yolo12n', 'yolo26n-pose'])(
    '%s answers alike in every operator set',
    async (name) => {
      const checkpoint = calibratedFamily(familyNamed(name));
      const image = noiseImage(12, side);
      const usual = await withConverted(checkpoint, { imgsz: side }, ({ run }) => run(image));
      for (const opset of [12, 13, 18, 20]) {
        const answer = await withConverted(checkpoint, { imgsz: side, opset }, ({ run }) => run(image));
        expectSameAnswer(answer, usual);
      }
    },
  );

  it.each(families)('$name answers nearly alike in half precision, and in single precision outside', async (family) => {
    const checkpoint = calibratedFamily(family);
    const image = noiseImage(13, side);
    // Rows of a selection trade places where scores round alike.
    const options = { imgsz: side, endToEnd: endToEndFamilies.includes(family) ? false : null };
    const single = await withConverted(checkpoint, options, ({ run }) => run(image));
    const half = await withConverted(checkpoint, { ...options, half: true }, ({ run }) => run(image));
    expect(half.map(({ type }) => type)).toEqual(single.map(({ type }) => type));
    expectSameAnswer(half, single, 0.03);
  });
});
