import { describe, expect, it } from 'vitest';
import { present } from '@/lib/core/assert';
import { joinRings } from '@/lib/engines/geometry/polygon';
import { selectEveryLabel } from '@/lib/engines/vision/candidates';
import { externalContours } from '@/lib/engines/vision/contours';
import { headTable } from '@/lib/engines/vision/head-table';
import { interpretHead } from '@/lib/engines/vision/interpret-head';
import { letterboxPlacement } from '@/lib/engines/vision/letterbox';
import {
  boxToImage,
  clippedPointToImage,
  contentWindow,
  lengthToImage,
  letterboxInverse,
  pointToImage,
} from '@/lib/engines/vision/letterbox-inverse';
import { maskWindow } from '@/lib/engines/vision/masks';
import { suppressOverlaps } from '@/lib/engines/vision/nms';
import { detectionSpec } from '@/lib/engines/vision/test-support/head-specs';
import { hasReference, referenceJson } from '@/lib/engines/vision/test-support/reference-files';
import { defaultThresholds } from '@/lib/engines/vision/vision-result';

type Rows = number[][];

type NmsCase = {
  pred: Rows | null;
  case: number;
  nc: number;
  conf: number;
  iou: number;
  args: { agnostic?: boolean; multi_label?: boolean; classes?: number[]; max_det?: number };
  out: Rows;
  keep: number[];
};

type Functions = {
  scale_boxes: {
    img1: [number, number];
    img0: [number, number];
    boxes: Rows;
    xyxy: Rows;
    xywh: Rows;
    coords: number[][][];
  }[];
  nms: NmsCase[];
  nms_ties: { pred: Rows; out: Rows; keep: number[] };
  rotated_nms: { pred: Rows | null; nc: number; conf: number; iou: number; out: Rows; keep: number[] }[];
  process_mask: {
    protos: number[][][];
    coef: Rows;
    boxes: Rows;
    shape: [number, number];
    upsample: Rows[];
    noup: Rows[];
  };
  process_mask_native: { boxes_native: Rows; shape: [number, number]; out: Rows[] };
  masks2segments: { masks: Rows[]; largest: Rows[]; all: Rows[] };
};

/** An image of the size of the input, so that nothing is scaled. */
const plain = letterboxPlacement({ width: 640, height: 640 }, { width: 640, height: 640 }, { auto: false, stride: 32 });

describe.skipIf(!hasReference)('post-processing against the reference package', () => {
  const reference = hasReference ? referenceJson<Functions>('reference/functions.json') : null;
  const functions = () => present(reference, 'the reference, whose absence skips these tests');

  it('scales boxes, oriented boxes and points back to the bit', () => {
    for (const { img1, img0, boxes, xyxy, xywh, coords } of functions().scale_boxes) {
      const inverse = letterboxInverse({ height: img1[0], width: img1[1] }, { height: img0[0], width: img0[1] });
      boxes.forEach(([x1, y1, x2, y2], i) => {
        expect(Object.values(boxToImage({ x1, y1, x2, y2 }, inverse))).toEqual(xyxy[i]);
        const centre = pointToImage(x1, y1, inverse);
        expect([centre.x, centre.y, lengthToImage(x2, inverse), lengthToImage(y2, inverse)]).toEqual(xywh[i]);
        expect(Object.values(clippedPointToImage(x1, y1, inverse))).toEqual(coords[i][0]);
        expect(Object.values(clippedPointToImage(x2, y2, inverse))).toEqual(coords[i][1]);
      });
    }
  });

  it('keeps the same boxes in the same order, in all configurations and thresholds', () => {
    const predictions = new Map(functions().nms.flatMap(({ case: key, pred }) => (pred ? [[key, pred] as const] : [])));
    for (const { case: key, nc, conf, iou, args, out, keep } of functions().nms) {
      const pred = predictions.get(key) ?? [];
      const main = { data: Float32Array.from(pred.flat()), dims: [pred.length, pred[0].length] };
      const spec = detectionSpec({ classCount: nc, extraCount: pred.length - 4 - nc });
      const thresholds = {
        ...defaultThresholds,
        conf,
        iou,
        agnostic: args.agnostic ?? false,
        classes: args.classes ?? null,
        maxDetections: args.max_det ?? 300,
      };
      if (args.multi_label) {
        const table = headTable(spec.head, 'anchors', main);
        const { rows, classIds, scores } = selectEveryLabel(table, thresholds);
        const boxes = new Float32Array(4 * rows.length);
        rows.forEach((row, i) => {
          const [cx, cy, w, h] = [0, 1, 2, 3].map((channel) => main.data[channel * table.rows + row]);
          boxes.set(
            [cx - Math.fround(w / 2), cy - Math.fround(h / 2), cx + Math.fround(w / 2), cy + Math.fround(h / 2)],
            4 * i,
          );
        });
        const kept = suppressOverlaps(boxes, classIds, thresholds);
        expect(Array.from(kept, (i) => rows[i])).toEqual(keep);
        expect(Array.from(kept, (i) => [scores[i], classIds[i]])).toEqual(out.map((row) => [row[4], row[5]]));
        continue;
      }
      const result = interpretHead(spec, { main, prototypes: null, placement: plain }, thresholds);
      if (result.task !== 'detect') throw new Error('a detect head answers detections');
      expect(
        result.detections.map(({ index }) => index),
        `case ${key} at ${conf}, ${iou}`,
      ).toEqual(keep);
      expect(result.detections.map(({ score, classId }) => [score, classId])).toEqual(
        out.map((row) => [row[4], row[5]]),
      );
    }
  });

  it('breaks ties as the reference does and keeps boxes without area', () => {
    const { pred, out, keep } = functions().nms_ties;
    const main = { data: Float32Array.from(pred.flat()), dims: [5, 4] };
    const result = interpretHead(
      detectionSpec({ classCount: 1 }),
      { main, prototypes: null, placement: plain },
      defaultThresholds,
    );
    if (result.task !== 'detect') throw new Error('a detect head answers detections');
    expect(result.detections.map(({ index }) => index)).toEqual(keep);
    expect(
      result.detections.map(({ box, score, classId }) => [box.x1, box.y1, box.x2, box.y2, score, classId]),
    ).toEqual(out);
  });

  it('suppresses oriented boxes alike', () => {
    let pred: Rows = [];
    for (const reference of functions().rotated_nms) {
      pred = reference.pred ?? pred;
      const main = { data: Float32Array.from(pred.flat()), dims: [pred.length, pred[0].length] };
      const spec = detectionSpec({ task: 'obb', classCount: reference.nc, extraCount: 1 });
      const thresholds = { ...defaultThresholds, conf: reference.conf, iou: reference.iou };
      const result = interpretHead(spec, { main, prototypes: null, placement: plain }, thresholds);
      if (result.task !== 'obb') throw new Error('an obb head answers oriented boxes');
      expect(result.detections.map(({ index }) => index)).toEqual(reference.keep);
      const rows = result.detections.map(({ oriented, score, classId }) => {
        if (!oriented) throw new Error('an obb detection has an oriented box');
        return [oriented.cx, oriented.cy, oriented.width, oriented.height, score, classId, oriented.angle];
      });
      expect(rows).toEqual(reference.out);
    }
  });

  it('makes the same masks on the input grid, on the prototype grid and on the image', () => {
    const { protos, coef, boxes, shape, upsample, noup } = functions().process_mask;
    const [height, width] = [protos[0].length, protos[0][0].length];
    const prototypes = { data: Float32Array.from(protos.flat(2)), dims: [protos.length, height, width] };
    const whole = { left: 0, top: 0, right: width, bottom: height };
    const native = functions().process_mask_native;
    coef.forEach((row, i) => {
      const coefficients = Float32Array.from(row);
      const grid = { width: shape[1], height: shape[0] };
      const box = cornersOf(boxes[i]);
      expect(spread(maskWindow({ coefficients, prototypes, source: whole, grid, box }), grid)).toEqual(upsample[i]);

      const small = { width, height };
      const ratioX = width / grid.width;
      const ratioY = height / grid.height;
      const smallBox = { x1: box.x1 * ratioX, y1: box.y1 * ratioY, x2: box.x2 * ratioX, y2: box.y2 * ratioY };
      expect(
        spread(maskWindow({ coefficients, prototypes, source: whole, grid: small, box: smallBox }), small),
      ).toEqual(noup[i]);

      const image = { width: native.shape[1], height: native.shape[0] };
      const source = contentWindow(small, image);
      const nativeBox = cornersOf(native.boxes_native[i]);
      expect(spread(maskWindow({ coefficients, prototypes, source, grid: image, box: nativeBox }), image)).toEqual(
        native.out[i],
      );
    });
  });

  it('traces and joins outlines to the point', () => {
    const { masks, largest, all } = functions().masks2segments;
    masks.forEach((mask, i) => {
      const rings = externalContours(Uint8Array.from(mask.flat()), mask[0].length, mask.length);
      const longest = rings.reduce((best, ring) => (ring.length > best.length ? ring : best));
      expect(pairs(longest)).toEqual(largest[i]);
      expect(pairs(joinRings(rings))).toEqual(all[i]);
    });
  });
});

function cornersOf([x1, y1, x2, y2]: number[]) {
  return { x1, y1, x2, y2 };
}

/** The whole grid of a windowed mask, as rows. */
function spread(window: ReturnType<typeof maskWindow>, grid: { width: number; height: number }): Rows {
  const rows: Rows = Array.from({ length: grid.height }, () => new Array<number>(grid.width).fill(0));
  window.bits.forEach((bit, k) => {
    rows[window.top + Math.floor(k / window.width)][window.left + (k % window.width)] = bit;
  });
  return rows;
}

function pairs(flat: Float32Array): Rows {
  return Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i], flat[2 * i + 1]]);
}
