import { describe, expect, it } from 'vitest';
import { suppressedRotatedRows } from '@/lib/engines/architecture/heads/suppressed-rotated-rows';
import { suppressedRows } from '@/lib/engines/architecture/heads/suppressed-rows';
import {
  type AnchorRow,
  randomDetections,
  selectRows,
} from '@/lib/engines/architecture/heads/test-support/random-detections';
import { suppressOverlaps } from '@/lib/engines/vision/nms';
import { suppressRotatedOverlaps } from '@/lib/engines/vision/rotated-nms';

const rule = { conf: 0.5, iou: 0.45, maxDetections: 300, agnostic: false };

/** Every selection, what JavaScript makes of the same boxes, and the shape of the detections that it takes. */
const selections = [
  { kind: 'aligned', select: suppressedRows, keep: keptAligned },
  { kind: 'oriented', select: suppressedRotatedRows, keep: keptOriented },
] as const;

describe.each(selections)('suppression of $kind boxes within a graph', ({ kind, select, keep }) => {
  const shape = { images: 3, anchors: 400, classes: 4, kind } as const;

  it.each([
    ['the usual rule', rule],
    ['all classes together', { ...rule, agnostic: true }],
    ['a strict overlap', { ...rule, iou: 0.05 }],
    ['no overlap too large', { ...rule, iou: 1 }],
    ['fewer rows than are left', { ...rule, maxDetections: 7 }],
    ['every anchor a candidate', { ...rule, conf: 0 }],
  ])('keeps what our own suppression keeps: %s', async (_, options) => {
    const detections = randomDetections(1, shape);
    for (const isDynamic of [false, true]) {
      const rows = await selectRows(detections, (g, d) => select(g, d, options), { isDynamic });
      expectRows(rows, detections, options, keep);
    }
  });

  it('answers rows of zeros where nothing reaches the threshold, in one image or in all', async () => {
    const loud = randomDetections(2, shape);
    const quiet = loud[1].map((row) => ({ ...row, scores: row.scores.map((score) => Math.fround(score / 4)) }));
    for (const detections of [[loud[0], quiet, loud[2]], [quiet, quiet], [quiet]]) {
      for (const isDynamic of [false, true]) {
        const rows = await selectRows(detections, (g, d) => select(g, d, rule), { isDynamic });
        expectRows(rows, detections, rule, keep);
      }
    }
  });

  it('works with one class, with one anchor, and in the oldest and newest operator sets', async () => {
    const one = randomDetections(3, { ...shape, classes: 1 });
    expectRows(await selectRows(one, (g, d) => select(g, d, rule)), one, rule, keep);
    const few = randomDetections(4, { ...shape, anchors: 1 });
    expectRows(await selectRows(few, (g, d) => select(g, d, rule)), few, rule, keep);
    const detections = randomDetections(5, shape);
    for (const opset of [12, 13, 18, 20]) {
      const rows = await selectRows(detections, (g, d) => select(g, d, rule), { opset, isDynamic: true });
      expectRows(rows, detections, rule, keep);
    }
  });
});

it('compares no more than 2048 oriented boxes, and what it then keeps is a beginning of the whole', async () => {
  const options = { ...rule, conf: 0, iou: 0.2 };
  const detections = randomDetections(6, { images: 1, anchors: 2500, classes: 30, kind: 'oriented' });
  const [rows] = await selectRows(detections, (g, d) => suppressedRotatedRows(g, d, options));
  const expected = expectedRows(detections[0], options, keptOriented);
  const found = rows.filter((row) => row[4] > 0);
  expect(found.length).toBeGreaterThan(100);
  expectClose(found, expected.slice(0, found.length));
});

type Options = typeof rule;
type Keep = (rows: readonly AnchorRow[], classIds: Int32Array, options: Options) => Int32Array;

function keptAligned(rows: readonly AnchorRow[], classIds: Int32Array, options: Options): Int32Array {
  return suppressOverlaps(Float32Array.from(rows.flatMap(({ box }) => box)), classIds, options);
}

function keptOriented(rows: readonly AnchorRow[], classIds: Int32Array, options: Options): Int32Array {
  const boxes = rows.map(({ box: [cx, cy, width, height], extras: [angle] }) => ({ cx, cy, width, height, angle }));
  return suppressRotatedOverlaps(boxes, classIds, options);
}

function expectRows(
  found: readonly (readonly number[])[][],
  detections: readonly AnchorRow[][],
  options: Options,
  keep: Keep,
): void {
  expect(found).toHaveLength(detections.length);
  for (const [image, rows] of found.entries()) {
    const expected = expectedRows(detections[image], options, keep);
    expect(rows).toHaveLength(options.maxDetections);
    expectClose(rows.slice(0, expected.length), expected);
    expect(
      rows
        .slice(expected.length)
        .flat()
        .every((value) => value === 0),
    ).toBe(true);
  }
}

function expectedRows(rows: readonly AnchorRow[], options: Options, keep: Keep): number[][] {
  const candidates = rows
    .map((row) => ({ row, score: Math.max(...row.scores) }))
    .filter(({ score }) => score > options.conf)
    .sort((a, b) => b.score - a.score);
  const classIds = Int32Array.from(candidates, ({ row, score }) => row.scores.indexOf(score));
  const kept = keep(
    candidates.map(({ row }) => row),
    classIds,
    options,
  );
  return Array.from(kept, (position) => {
    const { row, score } = candidates[position];
    return [...row.box, score, classIds[position], ...row.extras];
  });
}

function expectClose(found: readonly (readonly number[])[], expected: readonly (readonly number[])[]): void {
  expect(found.map((row) => row.map((value) => value.toFixed(3)))).toEqual(
    expected.map((row) => row.map((value) => value.toFixed(3))),
  );
}
