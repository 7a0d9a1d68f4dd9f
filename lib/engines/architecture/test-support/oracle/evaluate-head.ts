import { assert } from '@/lib/core/assert';
import { meanOfMaps } from '@/lib/engines/architecture/test-support/oracle/attention-oracle';
import { type Anchor, anchorsOf } from '@/lib/engines/architecture/test-support/oracle/evaluate-anchors';
import {
  childOf,
  classOf,
  evaluate,
  evaluateChild,
  itemsOf,
} from '@/lib/engines/architecture/test-support/oracle/evaluate-modules';
import {
  applied,
  at,
  type FeatureMap,
  mapOf,
  summed,
} from '@/lib/engines/architecture/test-support/oracle/feature-map';
import {
  enlargedLinear,
  enlargedNearest,
  softmax,
  weights,
} from '@/lib/engines/architecture/test-support/oracle/torch-operations';
import type { ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';

/** An output of a network for one image: the axes after the batch. */
export type OracleOutput = { readonly dims: readonly number[]; readonly data: Float64Array };

/** What a head answers of one image, by its definition; `mode` is that of `headMode`, without suppression. */
export function evaluateHead(
  head: ModuleNode,
  levels: readonly FeatureMap[],
  mode: 'plain' | 'end-to-end',
  imageHeight: number,
): readonly OracleOutput[] {
  switch (classOf(head)) {
    case 'Classify':
      return [classified(head, levels[0])];
    case 'SemanticSegment':
      return [classMap(head, levels[0])];
    case 'Depth':
      return [depthMap(head, levels)];
    default: {
      const anchors = anchorsOf(head, levels, mode, imageHeight);
      const rows = mode === 'plain' ? allAnchors(anchors) : bestRows(anchors);
      return head.children.has('proto') ? [rows, output(prototypes(head, levels))] : [rows];
    }
  }
}

function output({ channels, height, width, data }: FeatureMap): OracleOutput {
  return { dims: [channels, height, width], data };
}

/** Channels of all anchors: box as centre and size, scores, extras. */
function allAnchors(anchors: readonly Anchor[]): OracleOutput {
  const columns = anchors.map(({ centred, scores, extras }) => [...centred, ...scores, ...extras]);
  const channels = columns[0].length;
  const data = new Float64Array(channels * anchors.length);
  for (const [anchor, column] of columns.entries()) {
    for (const [channel, value] of column.entries()) data[channel * anchors.length + anchor] = value;
  }
  return { dims: [channels, anchors.length], data };
}

/** The best anchors by their best class, and of all their classes the best scores. */
function bestRows(anchors: readonly Anchor[]): OracleOutput {
  const count = Math.min(300, anchors.length);
  const best = anchors.toSorted((a, b) => Math.max(...b.scores) - Math.max(...a.scores)).slice(0, count);
  const rows = best
    .flatMap((anchor) => anchor.scores.map((score, classId) => ({ anchor, score, classId })))
    .sort((a, b) => b.score - a.score)
    .slice(0, count)
    .map(({ anchor, score, classId }) => [...anchor.selected, score, classId, ...anchor.extras]);
  return { dims: [count, rows[0].length], data: Float64Array.from(rows.flat()) };
}

function prototypes(head: ModuleNode, levels: readonly FeatureMap[]): FeatureMap {
  const proto = childOf(head, 'proto');
  let maps = levels[0];
  if (classOf(proto) === 'Proto26') {
    for (const [index, refinement] of itemsOf(proto, 'feat_refine').entries()) {
      const refined = evaluate(refinement, levels[index + 1]);
      maps = summed(maps, enlargedNearest(refined, maps.height, maps.width));
    }
    maps = evaluateChild(proto, 'feat_fuse', maps);
  }
  return ['cv1', 'upsample', 'cv2', 'cv3'].reduce((value, step) => evaluateChild(proto, step, value), maps);
}

function classified(head: ModuleNode, x: FeatureMap): OracleOutput {
  const means = meanOfMaps(evaluateChild(head, 'conv', x)).data;
  const linear = childOf(head, 'linear');
  const [weight, bias] = [weights(linear, 'weight'), weights(linear, 'bias')];
  const logits = Float64Array.from(bias, (offset, unit) =>
    means.reduce((sum, mean, channel) => sum + mean * weight[unit * means.length + channel], offset),
  );
  return { dims: [logits.length], data: softmax(logits) };
}

function classMap(head: ModuleNode, finest: FeatureMap): OracleOutput {
  const logits = enlargedLinear(evaluateChild(head, 'classifier', finest), 8, false);
  const map = mapOf(1, logits.height, logits.width, (_, y, x) => {
    const values = Array.from({ length: logits.channels }, (_, c) => at(logits, c, y, x));
    return values.length === 1 ? Number(values[0] > 0) : values.indexOf(Math.max(...values));
  });
  return { dims: [map.height, map.width], data: map.data };
}

function depthMap(head: ModuleNode, levels: readonly FeatureMap[]): OracleOutput {
  const projected = itemsOf(head, 'proj').map((projection, index) => evaluate(projection, levels[index]));
  let fused = projected[projected.length - 1];
  for (let level = projected.length - 2; level >= 0; level -= 1) {
    fused = evaluateChild(head, `refine.${level}`, summed(enlargedLinear(fused, 2, true), projected[level]));
  }
  const logarithm = evaluateChild(head, 'head', fused);
  assert(logarithm.channels === 1, 'depth has one channel');
  const [exponent] = weights(head, 'cal_a');
  const [shift] = weights(head, 'cal_b');
  const metres = applied(
    logarithm,
    (value) => Math.exp(Math.min(5, Math.max(-4, value))) ** exponent * Math.exp(shift),
  );
  return output(enlargedLinear(metres, 4, false));
}
