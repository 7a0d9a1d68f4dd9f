import { expect, it } from 'vitest';
import { endToEndRows } from '@/lib/engines/architecture/heads/end-to-end-rows';
import {
  type AnchorRow,
  randomDetections,
  selectRows,
} from '@/lib/engines/architecture/heads/test-support/random-detections';

it.each([
  ['more anchors than rows', 500, 4],
  ['as many anchors as rows', 300, 4],
  ['fewer anchors than rows', 105, 4],
  ['one class', 400, 1],
  ['one anchor', 1, 2],
])('takes the best pairs of anchor and class: %s', async (_, anchors, classes) => {
  const detections = randomDetections(1, { images: 2, anchors, classes, kind: 'aligned' });
  const expected = detections.map(bestPairs);
  for (const isDynamic of [false, true]) {
    expect(await selectRows(detections, endToEndRows, { isDynamic })).toEqual(expected);
  }
  expect(await selectRows(detections, endToEndRows, { opset: 12 })).toEqual(expected);
});

/** Anchors are chosen by their best class first: the second class of a chosen anchor may beat the best of one that was not. */
function bestPairs(rows: readonly AnchorRow[]): number[][] {
  const count = Math.min(300, rows.length);
  return rows
    .toSorted((a, b) => Math.max(...b.scores) - Math.max(...a.scores))
    .slice(0, count)
    .flatMap(({ box, scores, extras }) => scores.map((score, classId) => ({ box, score, classId, extras })))
    .sort((a, b) => b.score - a.score)
    .slice(0, count)
    .map(({ box, score, classId, extras }) => [...box, score, classId, ...extras]);
}
