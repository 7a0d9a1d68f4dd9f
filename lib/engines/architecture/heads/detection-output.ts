import { present, unreachable } from '@/lib/core/assert';
import type { DetectionRows, Detections } from '@/lib/engines/architecture/heads/detections';
import { endToEndRows } from '@/lib/engines/architecture/heads/end-to-end-rows';
import type { HeadMode } from '@/lib/engines/architecture/heads/head-mode';
import { suppressedRotatedRows } from '@/lib/engines/architecture/heads/suppressed-rotated-rows';
import { suppressedRows } from '@/lib/engines/architecture/heads/suppressed-rows';
import type { BuildContext } from '@/lib/engines/architecture/module-builder';
import { concat, transpose } from '@/lib/engines/graph/arrangement';
import type { Value } from '@/lib/engines/graph/value';

/**
 * The output of a detection head: channels [batch, 4 + classes + extras, anchors] of all anchors (`plain`), or rows
 * [batch, rows, 6 + extras] of box, score, class and extras, the best first.
 */
export function detectionOutput(context: BuildContext, mode: HeadMode, detections: Detections): Value {
  const { graph: g, settings } = context;
  const { boxes, scores, extras, isRotated } = detections;
  if (mode === 'plain') return concat(g, extras === null ? [boxes, scores] : [boxes, scores, extras], 1);
  const byRow = (value: Value) => transpose(g, value, [0, 2, 1]);
  const rows: DetectionRows = { boxes: byRow(boxes), scores, extras: extras === null ? null : byRow(extras) };
  switch (mode) {
    case 'end-to-end':
      return endToEndRows(g, rows);
    case 'suppressed': {
      const rule = present(settings.nms, 'the rule of embedded suppression');
      return isRotated ? suppressedRotatedRows(g, rows, rule) : suppressedRows(g, rows, rule);
    }
    default:
      return unreachable(mode);
  }
}
