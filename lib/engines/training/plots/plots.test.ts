import { describe, expect, it } from 'vitest';
import { detectionMetrics } from '@/lib/engines/training/evaluation/detection-metrics';
import { axisTicks } from '@/lib/engines/training/plots/axis-ticks';
import { confusionPlot } from '@/lib/engines/training/plots/confusion-plot';
import { curveKinds, curvePlot } from '@/lib/engines/training/plots/curve-plots';
import { labelsPlot } from '@/lib/engines/training/plots/labels-plot';
import { pictureSheet, type SheetObject } from '@/lib/engines/training/plots/picture-sheet';
import { resultsPlot } from '@/lib/engines/training/plots/results-plot';
import { tilesOfBatch } from '@/lib/engines/training/plots/sheet-tiles';
import { escaped } from '@/lib/engines/training/plots/svg';

/** Whether markup opens and closes its elements in order, with attributes in quotes; it has no comments and no sections. */
function isWellFormed(markup: string): boolean {
  const open: string[] = [];
  const rest = markup.replace(
    /<(\/?)([a-z]+)((?: [\w:-]+="[^"<&]*(?:&(?:amp|lt|gt|quot);[^"<&]*)*")*)(\/?)>/g,
    (_, close, name, __, empty) => {
      if (close) return open.pop() === name ? '' : '<';
      if (!empty) open.push(name);
      return '';
    },
  );
  return open.length === 0 && !/[<>]|&(?!amp;|lt;|gt;|quot;)/.test(rest);
}

const hostile = '</text><script>alert(1)</script>&"\u0000';

describe('axisTicks', () => {
  it.each([
    [0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [0.13, 5.7, [0, 2, 4, 6]],
    [-3, 42, [-10, 0, 10, 20, 30, 40, 50]],
    [7, 7, [2, 4, 6, 8, 10, 12]],
  ])('labels %d … %d at round numbers', (low, high, values) => {
    expect(axisTicks(low, high).values).toEqual(values);
  });

  it('covers tiny and huge ranges', () => {
    for (const [low, high] of [
      [1e-9, 3e-9],
      [0, 8e12],
      [-1e-5, 1e-5],
    ]) {
      const ticks = axisTicks(low, high);
      expect(ticks.low).toBeLessThanOrEqual(low);
      expect(ticks.high).toBeGreaterThanOrEqual(high);
      expect(ticks.values.length).toBeLessThan(13);
    }
  });
});

describe('plots', () => {
  const image = {
    scores: Float32Array.of(0.9, 0.6, 0.3),
    classIds: Int32Array.of(0, 1, 0),
    hits: Uint8Array.from([...Array(10).fill(1), ...Array(10).fill(1), ...Array(10).fill(0)]),
    truthClassIds: Int32Array.of(0, 1, 1),
  };
  const metrics = detectionMetrics([image]);

  it('escapes what XML reads as markup, and leaves out what it cannot hold', () => {
    expect(escaped(hostile)).toBe('&lt;/text&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;&quot;');
  });

  it.each(curveKinds)('draws the %s curve of every class and of their mean', (kind) => {
    const svg = curvePlot(kind, metrics, ['car', hostile]);
    expect(isWellFormed(svg)).toBe(true);
    expect(svg.match(/<path /g)).toHaveLength(3);
    expect(svg).toContain('>car');
    expect(svg).toContain(`>all ${kind === 'PR' ? metrics.mean.map50.toFixed(3) : ''}`);
  });

  it('names no classes where there are many', () => {
    const many = detectionMetrics([
      { ...image, classIds: Int32Array.of(0, 1, 2), truthClassIds: Int32Array.from({ length: 30 }, (_, k) => k) },
    ]);
    const svg = curvePlot('F1', many, Array(30).fill('name'));
    expect(svg.match(/<path /g)).toHaveLength(31);
    expect(svg).not.toContain('>name');
  });

  it('draws losses and metrics, each in a chart of its own, with a gap where an epoch was not measured', () => {
    const row = { seconds: 1, val: null, rates: [0, 0, 0] } as const;
    const svg = resultsPlot([
      { ...row, epoch: 1, train: { box_loss: 3, cls_loss: 2 }, metrics: { 'mAP50(B)': 0.1 } },
      { ...row, epoch: 2, train: { box_loss: 2, cls_loss: 1 }, metrics: null },
      { ...row, epoch: 3, train: { box_loss: 1, cls_loss: 1 }, metrics: { 'mAP50(B)': 0.5 } },
    ]);
    expect(isWellFormed(svg ?? '')).toBe(true);
    for (const title of ['train/box_loss', 'train/cls_loss', 'metrics/mAP50(B)']) expect(svg).toContain(`>${title}<`);
    expect(svg?.match(/d="M[\d. ]+h0"/g)).toHaveLength(2);
    expect(svg).not.toContain('NaN');
    expect(resultsPlot([])).toBeNull();
  });

  it('draws counts and shares of a confusion matrix', () => {
    const matrix = { size: 3, counts: Uint32Array.of(8, 1, 0, 0, 3, 1, 2, 0, 0) };
    const counts = confusionPlot(matrix, ['car', hostile], false);
    const shares = confusionPlot(matrix, ['car', 'bus'], true);
    expect([counts, shares].every(isWellFormed)).toBe(true);
    expect(counts).toContain('>8<');
    expect(shares).toContain('>0.80<');
    expect(shares).toContain('>background<');
    expect(isWellFormed(confusionPlot({ size: 500, counts: new Uint32Array(250_000) }, [], true))).toBe(true);
  });

  it('draws a bar for each class', () => {
    const svg = labelsPlot([4, 0, 2], ['a', hostile]);
    expect(isWellFormed(svg)).toBe(true);
    expect(svg.match(/<rect /g)).toHaveLength(5);
    expect(isWellFormed(labelsPlot([0], ['a']))).toBe(true);
  });
});

describe('pictureSheet', () => {
  const side = 8;
  const tile = (value: number, objects: readonly SheetObject[] = []) => ({
    planes: new Float32Array(3 * side * side).fill(value),
    objects,
  });

  it('lays tiles out in rows and moves objects with them', () => {
    const object = {
      classId: 1,
      score: 0.5,
      box: { x1: 2, y1: 4, x2: 6, y2: 8 },
      oriented: null,
      keypoints: [4, 2, 2],
      mask: null,
    };
    const { image, result } = pictureSheet([tile(0), tile(1), tile(0.5, [object])], side, ['a', 'b'], 'pose');
    expect([image.width, image.height]).toEqual([800, 800]);
    const at = (x: number, y: number) => image.data[(y * 800 + x) * 3];
    expect([at(10, 10), at(410, 10), at(10, 410), at(410, 410)]).toEqual([0, 255, 128, 255]);
    if (result.task !== 'pose') throw new Error('a pose');
    const [{ box, keypoints }] = result.detections;
    expect(box).toEqual({ x1: 100, y1: 600, x2: 300, y2: 800 });
    expect(keypoints).toEqual([{ x: 200, y: 500, visibility: 1 }]);
  });

  it('takes the labels of a batch: masks of their own cells, oriented boxes, whole images of classes', () => {
    const common = { batch: 1, height: side, width: side, images: new Float32Array(3 * side * side) };
    const [segment] = tilesOfBatch({
      ...common,
      task: 'segment',
      columns: 2,
      classIds: Int32Array.of(3, -1),
      boxes: Float32Array.of(0, 0, 4, 4, 0, 0, 0, 0),
      keypoints: null,
      masks: Int32Array.of(1, 0, 2, 1),
    });
    expect(segment.objects).toHaveLength(1);
    expect(segment.objects[0]).toMatchObject({ classId: 3, score: 1, mask: Uint8Array.of(1, 0, 0, 1) });
    const [turned] = tilesOfBatch({
      ...common,
      task: 'obb',
      columns: 1,
      classIds: Int32Array.of(0),
      boxes: Float32Array.of(4, 4, 6, 2, 0.5),
      keypoints: null,
      masks: null,
    });
    expect(turned.objects[0].oriented).toEqual({ cx: 4, cy: 4, width: 6, height: 2, angle: 0.5 });
    const [whole] = tilesOfBatch({ ...common, task: 'classify', classIds: Int32Array.of(2) });
    expect(whole.objects[0]).toMatchObject({ classId: 2, box: { x1: 0, y1: 0, x2: side, y2: side } });
  });
});
