import { assert } from '@/lib/core/assert';
import { classOf, evaluate, itemsOf } from '@/lib/engines/architecture/test-support/oracle/evaluate-modules';
import type { FeatureMap } from '@/lib/engines/architecture/test-support/oracle/feature-map';
import { sigmoid, softmax } from '@/lib/engines/architecture/test-support/oracle/torch-operations';
import type { ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';

/** What a head says at one cell of one level. */
export type Anchor = {
  /** Box as centre x, y and width, height, in pixels. */
  readonly centred: readonly number[];
  /** Box as rows of selections have it: x1 y1 x2 y2, or centred where it is turned. */
  readonly selected: readonly number[];
  readonly scores: readonly number[];
  readonly extras: readonly number[];
};

/** The cell that an anchor stands for; lengths are in cells until they are multiplied by the stride. */
type Cell = { readonly x: number; readonly y: number; readonly stride: number };

/** Every cell of every level, in the order of the outputs. */
export function anchorsOf(
  head: ModuleNode,
  levels: readonly FeatureMap[],
  mode: 'plain' | 'end-to-end',
  imageHeight: number,
): readonly Anchor[] {
  const prefix = mode === 'plain' ? '' : 'one2one_';
  const branch = (name: string, index: number, x: FeatureMap) => evaluate(itemsOf(head, `${prefix}${name}`)[index], x);
  return levels.flatMap((level, index) => {
    const boxes = branch('cv2', index, level);
    const classes = branch('cv3', index, level);
    const extras = rawExtras(head, index, level, branch);
    const stride = imageHeight / level.height;
    return Array.from({ length: level.height * level.width }, (_, place) => {
      const cell = { x: (place % level.width) + 0.5, y: Math.floor(place / level.width) + 0.5, stride };
      const scores = channelsAt(classes, place).map(sigmoid);
      const sides = sideLengths(channelsAt(boxes, place));
      return anchorOf(head, cell, sides, scores, extras === null ? [] : channelsAt(extras, place));
    });
  });
}

function rawExtras(
  head: ModuleNode,
  index: number,
  level: FeatureMap,
  branch: (name: string, index: number, x: FeatureMap) => FeatureMap,
): FeatureMap | null {
  if (!head.children.has('cv4')) return null;
  const raw = branch('cv4', index, level);
  return classOf(head) === 'Pose26' ? branch('cv4_kpts', index, raw) : raw;
}

function channelsAt({ channels, height, width, data }: FeatureMap, place: number): readonly number[] {
  return Array.from({ length: channels }, (_, channel) => data[channel * height * width + place]);
}

/** Left, top, right, bottom in cells: as they are, or the mean of a distribution over whole cells. */
function sideLengths(raw: readonly number[]): readonly number[] {
  const bins = raw.length / 4;
  if (bins === 1) return raw;
  return [0, 1, 2, 3].map((side) => {
    const shares = softmax(Float64Array.from(raw.slice(side * bins, (side + 1) * bins)));
    return shares.reduce((sum, share, bin) => sum + share * bin, 0);
  });
}

function anchorOf(
  head: ModuleNode,
  cell: Cell,
  sides: readonly number[],
  scores: readonly number[],
  raw: readonly number[],
): Anchor {
  const name = classOf(head);
  if (name === 'OBB' || name === 'OBB26')
    return turnedAnchor(cell, sides, scores, name === 'OBB26' ? raw[0] : (sigmoid(raw[0]) - 0.25) * Math.PI);
  const [left, top, right, bottom] = sides;
  const corners = [cell.x - left, cell.y - top, cell.x + right, cell.y + bottom].map((value) => value * cell.stride);
  const [x1, y1, x2, y2] = corners;
  const centred = [(x1 + x2) / 2, (y1 + y2) / 2, x2 - x1, y2 - y1];
  return { centred, selected: corners, scores, extras: decodedExtras(head, cell, raw) };
}

function turnedAnchor(
  { x, y, stride }: Cell,
  [left, top, right, bottom]: readonly number[],
  scores: readonly number[],
  angle: number,
): Anchor {
  const [across, down] = [(right - left) / 2, (bottom - top) / 2];
  const centreX = x + across * Math.cos(angle) - down * Math.sin(angle);
  const centreY = y + across * Math.sin(angle) + down * Math.cos(angle);
  const box = [centreX, centreY, left + right, top + bottom].map((value) => value * stride);
  return { centred: box, selected: box, scores, extras: [angle] };
}

function decodedExtras(head: ModuleNode, { x, y, stride }: Cell, raw: readonly number[]): readonly number[] {
  const shape = head.attributes.get('kpt_shape');
  if (shape === undefined) return raw;
  assert(Array.isArray(shape), 'keypoints have a shape');
  const dims = Number(shape[1]);
  const is26 = classOf(head) === 'Pose26';
  const coordinate = (value: number, cell: number) => (is26 ? value + cell : 2 * value + cell - 0.5) * stride;
  return raw.map((value, index) => [coordinate(value, x), coordinate(value, y), sigmoid(value)][index % dims]);
}
