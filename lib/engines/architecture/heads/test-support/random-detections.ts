import type { DetectionRows } from '@/lib/engines/architecture/heads/detections';
import { symbolicExtent } from '@/lib/engines/graph/extent';
import { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { float32, runGraph } from '@/lib/engines/graph/test-support/run-graph';
import type { Value } from '@/lib/engines/graph/value';
import { seededRandom } from '@/lib/engines/model-files/test-support/seeded-random';

/** What a head could say of each anchor of each image: [image][anchor]. */
export type AnchorRow = {
  readonly box: readonly number[];
  readonly scores: readonly number[];
  readonly extras: readonly number[];
};

export type RandomShape = {
  readonly images: number;
  readonly anchors: number;
  readonly classes: number;
  /** Numbers beside box and scores; an angle is the only extra of oriented boxes. */
  readonly kind: 'aligned' | 'oriented';
};

/** Boxes around a few places, so that many overlap. All numbers are exact in single precision. */
export function randomDetections(
  seed: number,
  { images, anchors, classes, kind }: RandomShape,
): readonly AnchorRow[][] {
  const random = seededRandom(seed);
  const single = (low: number, high: number) => Math.fround(low + (high - low) * random());
  const aligned = (x: number, y: number, w: number, h: number) => [x - w, y - h, x + w, y + h].map(Math.fround);
  return Array.from({ length: images }, () => {
    const places = Array.from({ length: 12 }, () => [single(40, 600), single(40, 600)]);
    return Array.from({ length: anchors }, () => {
      const [placeX, placeY] = places[Math.floor(random() * places.length)];
      const [x, y] = [placeX + single(-12, 12), placeY + single(-12, 12)].map(Math.fround);
      const [w, h] = [single(10, 60), single(10, 60)];
      return {
        box: kind === 'aligned' ? aligned(x, y, w, h) : [x, y, w, h],
        scores: Array.from({ length: classes }, () => single(0, 1)),
        extras: kind === 'aligned' ? [single(-1, 1), single(-1, 1)] : [single(-0.78, 2.35)],
      };
    });
  });
}

/** Runs a selection over the detections in a graph; `isDynamic` leaves images and anchors open. Gives rows by image. */
export async function selectRows(
  detections: readonly AnchorRow[][],
  select: (g: GraphBuilder, rows: DetectionRows) => Value,
  { isDynamic = false, opset = 17 }: { readonly isDynamic?: boolean; readonly opset?: number } = {},
): Promise<readonly (readonly number[])[][]> {
  const g = new GraphBuilder({ opset });
  const images = detections.length;
  const [{ length: anchors }] = detections;
  const [{ scores, extras }] = detections[0];
  const [batch, count] = isDynamic ? [symbolicExtent('batch'), symbolicExtent('anchors')] : [images, anchors];
  const input = (name: string, shape: Value['shape']) => g.input(name, { elementType: 'float32', shape });
  const output = select(g, {
    boxes: input('boxes', [batch, count, 4]),
    scores: input('scores', [batch, scores.length, count]),
    extras: input('extras', [batch, count, extras.length]),
  });
  const byClass = detections.flatMap((rows) => scores.flatMap((_, classId) => rows.map((row) => row.scores[classId])));
  const all = detections.flat();
  const found = await runGraph(
    g,
    { output },
    {
      boxes: float32(
        [images, anchors, 4],
        all.flatMap(({ box }) => box),
      ),
      scores: float32([images, scores.length, anchors], byClass),
      extras: float32(
        [images, anchors, extras.length],
        all.flatMap((row) => row.extras),
      ),
    },
  );
  const { data, dims } = found.output;
  const [, rows, width] = dims;
  const row = (image: number, index: number) =>
    Array.from(data.slice((image * rows + index) * width, (image * rows + index + 1) * width), Number);
  return Array.from({ length: images }, (_, image) => Array.from({ length: rows }, (_, index) => row(image, index)));
}
