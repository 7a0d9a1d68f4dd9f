import { describe, expect, it } from 'vitest';
import { present } from '@/lib/core/assert';
import { distancesToBox, distancesToOrientedBox, expectedDistance, makeAnchors } from '@/lib/engines/geometry/anchors';
import { intersectionOverUnion } from '@/lib/engines/geometry/box';
import {
  minimumAreaRectangle,
  orientedBoxCorners,
  probiou,
  regularizeOrientedBox,
} from '@/lib/engines/geometry/oriented-box';
import type { Box, OrientedBox } from '@/lib/engines/geometry/shape';
import { hasReference, referenceJson } from '@/lib/engines/vision/test-support/reference-files';

type Rows = number[][];

type Functions = {
  batch_probiou: { boxes: Rows; iou: Rows; pairwise_probiou: number[] };
  xywhr2xyxyxyxy: { inp: Rows; out: number[][][]; regularize: Rows };
  xyxyxyxy2xywhr: { inp: Rows; out: Rows };
  box_iou: { a: Rows; b: Rows; iou: Rows };
  decode: {
    feat_hw: [number, number][];
    strides: number[];
    anchors: Rows;
    stride_tensor: Rows;
    dist: Rows;
    angle: Rows;
    bbox_xywh: Rows;
    bbox_xyxy: Rows;
    rbox: Rows;
  };
  dfl: { x: Rows; out: Rows };
};

describe.skipIf(!hasReference)('geometry against the reference package', () => {
  const reference = hasReference ? referenceJson<Functions>('reference/functions.json') : null;
  const functions = () => present(reference, 'the reference, whose absence skips these tests');

  it('agrees on the IoU of every pair of boxes', () => {
    const { a, b, iou } = functions().box_iou;
    a.forEach((one, i) => {
      b.forEach((other, j) => {
        expect(intersectionOverUnion(box(one), box(other))).toBeCloseTo(iou[i][j], 5);
      });
    });
  });

  it('agrees on probiou of every pair, and pairwise', () => {
    const { boxes, iou, pairwise_probiou } = functions().batch_probiou;
    // Near identity the square root turns single-precision noise of 1e-7 into 4e-4.
    boxes.forEach((one, i) => {
      boxes.forEach((other, j) => {
        expect(Math.abs(probiou(oriented(one), oriented(other)) - iou[i][j])).toBeLessThan(i === j ? 1e-3 : 2e-5);
      });
    });
    const half = boxes.length - pairwise_probiou.length;
    pairwise_probiou.forEach((value, i) => {
      const matches = boxes.some(
        (other, j) => j !== i && Math.abs(probiou(oriented(boxes[i]), oriented(other)) - value) < 2e-5,
      );
      expect(matches, `pair ${i} of ${half}`).toBe(true);
    });
  });

  it('agrees on the corners of oriented boxes, their order included', () => {
    const { inp, out } = functions().xywhr2xyxyxyxy;
    inp.forEach((row, i) => {
      orientedBoxCorners(oriented(row)).forEach((corner, k) => {
        expect(corner.x).toBeCloseTo(out[i][k][0], 3);
        expect(corner.y).toBeCloseTo(out[i][k][1], 3);
      });
    });
  });

  it('agrees on regularized oriented boxes', () => {
    const { inp, regularize } = functions().xywhr2xyxyxyxy;
    inp.forEach((row, i) => {
      expectOriented(regularizeOrientedBox(oriented(row)), regularize[i]);
    });
  });

  it('agrees on the rectangle around corners', () => {
    const { inp, out } = functions().xyxyxyxy2xywhr;
    inp.forEach((row, i) => {
      expectOriented(minimumAreaRectangle(row), out[i]);
    });
  });

  it('agrees on anchors, strides and the boxes of distances', () => {
    const { feat_hw, strides, anchors, stride_tensor, dist, angle, bbox_xywh, bbox_xyxy, rbox } = functions().decode;
    const made = makeAnchors(
      feat_hw.map(([height, width], level) => ({ size: { width, height }, stride: strides[level] })),
    );
    expect(Array.from(made.points)).toEqual(anchors.flat());
    expect(Array.from(made.strides)).toEqual(stride_tensor.flat());
    anchors.forEach(([x, y], i) => {
      const sides = { left: dist[0][i], top: dist[1][i], right: dist[2][i], bottom: dist[3][i] };
      const { x1, y1, x2, y2 } = distancesToBox({ x, y }, sides);
      expectAll(
        [x1, y1, x2, y2],
        bbox_xyxy.map((channel) => channel[i]),
      );
      expectAll(
        [(x1 + x2) / 2, (y1 + y2) / 2, x2 - x1, y2 - y1],
        bbox_xywh.map((channel) => channel[i]),
      );
      const turned = distancesToOrientedBox({ x, y }, sides, angle[0][i]);
      expectAll(
        [turned.cx, turned.cy, turned.width, turned.height],
        rbox.map((channel) => channel[i]),
      );
    });
  });

  it('agrees on the expectation of distance distributions', () => {
    const { x, out } = functions().dfl;
    const bins = x.length / out.length;
    out.forEach((side, k) => {
      side.forEach((value, anchor) => {
        const logits = x.slice(k * bins, (k + 1) * bins).map((channel) => channel[anchor]);
        expect(expectedDistance(logits)).toBeCloseTo(value, 4);
      });
    });
  });
});

function box([x1, y1, x2, y2]: number[]): Box {
  return { x1, y1, x2, y2 };
}

function oriented([cx, cy, width, height, angle]: number[]): OrientedBox {
  return { cx, cy, width, height, angle };
}

function expectOriented(found: OrientedBox, expected: number[]): void {
  expectAll([found.cx, found.cy, found.width, found.height, found.angle], expected);
}

function expectAll(found: number[], expected: number[]): void {
  found.forEach((value, k) => {
    expect(value).toBeCloseTo(expected[k], 3);
  });
}
