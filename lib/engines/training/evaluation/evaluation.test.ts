import { describe, expect, it } from 'vitest';
import { Fault } from '@/lib/core/fault';
import { createEvaluation } from '@/lib/engines/training/evaluation/evaluation';
import { isObjectHead, type ObjectHead } from '@/lib/engines/training/evaluation/predicted-instances';
import type { HeadOutput } from '@/lib/engines/vision/head-output';
import { letterboxPlacement } from '@/lib/engines/vision/letterbox';
import { detectionSpec } from '@/lib/engines/vision/test-support/head-specs';

const side = { width: 64, height: 64 };
const placement = letterboxPlacement(side, side, { auto: false, stride: 32 });

function headOf(...wanted: Parameters<typeof detectionSpec>): ObjectHead {
  const { head } = detectionSpec(...wanted);
  if (!isObjectHead(head)) throw new Error('a head of objects');
  return head;
}

/** Anchors as rows of channels, brought into the head's order. */
function outputOf(rows: readonly (readonly number[])[], prototypes: HeadOutput['prototypes'] = null): HeadOutput {
  const channels = rows[0].length;
  const data = Float32Array.from(
    { length: channels * rows.length },
    (_, k) => rows[k % rows.length][Math.floor(k / rows.length)],
  );
  return { main: { data, dims: [channels, rows.length] }, prototypes, placement };
}

const label = { classId: 0, box: { cx: 0.5, cy: 0.5, width: 0.5, height: 0.5 }, outline: null, keypoints: null };

describe('createEvaluation', () => {
  it('counts an anchor once for every class, and no prediction of a class the data set does not have', () => {
    const evaluation = createEvaluation({ head: headOf({ classCount: 3 }), classCount: 2 });
    const { predictions, outcome } = evaluation.add([label], outputOf([[32, 32, 32, 32, 0.9, 0.6, 0.8]]));
    expect([...predictions.classIds]).toEqual([0, 1]);
    expect(outcome.truePositives).toHaveLength(1);
    const { boxes, masks, keypoints, confusion } = evaluation.result();
    expect(boxes.mean.map50To95).toBeCloseTo(0.995, 12);
    expect([masks, keypoints]).toEqual([null, null]);
    expect([...confusion.counts]).toEqual([1, 0, 0, 0, 0, 1, 0, 0, 0]);
  });

  it('compares segments by mask beside boxes', () => {
    const head = headOf({ task: 'segment', classCount: 1, extraCount: 1 });
    const outline = Float32Array.of(0.25, 0.25, 0.75, 0.25, 0.75, 0.75, 0.25, 0.75);
    // The prototype covers the upper half of the grid only.
    const prototypes = { data: Float32Array.from({ length: 256 }, (_, k) => (k < 128 ? 1 : -1)), dims: [1, 16, 16] };
    const evaluation = createEvaluation({ head, classCount: 1 });
    evaluation.add([{ ...label, outline }], outputOf([[32, 32, 32, 32, 0.9, 1]], prototypes));
    const { boxes, masks } = evaluation.result();
    expect(boxes.mean.map50To95).toBeCloseTo(0.995, 12);
    expect(masks?.mean.map50To95).toBeLessThan(0.2);
  });

  it('refuses a segment output without its prototypes', () => {
    const evaluation = createEvaluation({
      head: headOf({ task: 'segment', classCount: 1, extraCount: 1 }),
      classCount: 1,
    });
    expect(() => evaluation.add([], outputOf([[32, 32, 32, 32, 0.9, 1]]))).toThrow(Fault);
  });
});
