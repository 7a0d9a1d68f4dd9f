import type { AnchorPoints } from '@/lib/engines/architecture/heads/anchor-points';
import { alignedBoxes, detectionParts } from '@/lib/engines/architecture/heads/detect';
import { detectionOutput } from '@/lib/engines/architecture/heads/detection-output';
import { branchName, type HeadMode } from '@/lib/engines/architecture/heads/head-mode';
import { branchMaps, joinedBranch, joinLevels } from '@/lib/engines/architecture/heads/level-branches';
import { countsAttribute } from '@/lib/engines/architecture/module-attributes';
import { type BuildContext, classOf, misfit } from '@/lib/engines/architecture/module-builder';
import { sigmoid } from '@/lib/engines/graph/activations';
import { concat, reshape, split, unsqueeze } from '@/lib/engines/graph/arrangement';
import { add, mul, sub } from '@/lib/engines/graph/elementwise';
import type { Value } from '@/lib/engines/graph/value';
import type { ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';

/** Boxes with keypoints: x, y in pixels of the image and, where the network answers it, visibility 0–1. */
export function buildPose(context: BuildContext, node: ModuleNode, levels: readonly Value[]): readonly Value[] {
  const is26 = classOf(node) === 'Pose26';
  const parts = detectionParts(context, node, levels);
  const raw = is26
    ? rawKeypoints26(context, node, parts.mode, levels)
    : rawKeypoints(context, node, parts.mode, levels);
  const extras = decodedKeypoints(context, node, raw, is26 ? cellsFromCentre : doubledCells, parts.anchors);
  const boxes = alignedBoxes(context, parts);
  return [detectionOutput(context, parts.mode, { boxes, scores: parts.scores, extras, isRotated: false })];
}

function rawKeypoints(context: BuildContext, node: ModuleNode, mode: HeadMode, levels: readonly Value[]): Value {
  return joinedBranch(context, node, branchName(mode, 'cv4'), levels);
}

/** YOLO26 has a trunk for each level, and on it a convolution for the keypoints beside one that only training uses. */
function rawKeypoints26(context: BuildContext, node: ModuleNode, mode: HeadMode, levels: readonly Value[]): Value {
  const trunks = branchMaps(context, node, branchName(mode, 'cv4'), levels);
  return joinLevels(context.graph, branchMaps(context, node, branchName(mode, 'cv4_kpts'), trunks));
}

/** From raw coordinates [batch, count, 2, anchors] to cells of the level, given the anchor points [1, 1, 2, anchors]. */
type CellRule = (context: BuildContext, raw: Value, points: Value) => Value;

const doubledCells: CellRule = ({ graph: g }, raw, points) => add(g, mul(g, raw, 2), sub(g, points, 0.5));
const cellsFromCentre: CellRule = ({ graph: g }, raw, points) => add(g, raw, points);

function decodedKeypoints(
  context: BuildContext,
  node: ModuleNode,
  raw: Value,
  toCells: CellRule,
  { points, strides }: AnchorPoints,
): Value {
  const { graph: g } = context;
  const [count, dims] = countsAttribute(context, node, 'kpt_shape');
  const [batch, channels, anchors] = raw.shape;
  if (count === undefined || channels !== count * dims || (dims !== 2 && dims !== 3)) {
    throw misfit(context, node, `answers other numbers than ${count} keypoints of ${dims}`);
  }
  const keypoints = reshape(g, raw, [batch, count, dims, anchors]);
  const [coordinates, ...visibilities] = split(g, keypoints, dims === 3 ? [2, 1] : [2], 2);
  const cells = toCells(context, coordinates, unsqueeze(g, points, [0]));
  const pixels = mul(g, cells, unsqueeze(g, strides, [0]));
  const decoded = concat(g, [pixels, ...visibilities.map((visibility) => sigmoid(g, visibility))], 2);
  return reshape(g, decoded, [batch, channels, anchors]);
}
