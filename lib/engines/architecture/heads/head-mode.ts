import type { ConvertSettings } from '@/lib/engines/architecture/convert-options';
import { type BuildContext, classOf, optionalChild } from '@/lib/engines/architecture/module-builder';
import type { ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';
import { unsupportedCheckpoint } from '@/lib/engines/model-files/checkpoint/checkpoint-faults';

/**
 * What a detection head answers. `plain`: every anchor, for someone else to suppress. `end-to-end`: the best rows of the
 * branch that was trained to answer each object once. `suppressed`: the rows that suppression within the graph leaves.
 */
export type HeadMode = 'plain' | 'end-to-end' | 'suppressed';

/** Heads whose answer has no anchors, so that there is nothing to suppress or to select. */
const denseHeads: ReadonlySet<string> = new Set(['Classify', 'SemanticSegment', 'Depth']);

/** Says of the last layer what its output is made of, without building it. Throws a `Fault` where the head cannot do as asked. */
export function headMode(head: ModuleNode, settings: Pick<ConvertSettings, 'endToEnd' | 'nms'>): HeadMode {
  if (denseHeads.has(classOf(head))) return denseMode(head, settings);
  if (settings.endToEnd ?? isEndToEnd(head)) {
    if (hasBranch(head, 'one2one_cv2')) return 'end-to-end';
    throw unsupportedCheckpoint(
      'An end-to-end head was asked for, and this checkpoint has none: its boxes need suppression.',
      'Leave the option out, or embed NMS instead.',
    );
  }
  if (!hasBranch(head, 'cv2')) {
    throw unsupportedCheckpoint(
      'A plain head was asked for, and this checkpoint was fused: only its end-to-end branch is left.',
      'Leave the option out, or use the checkpoint as training wrote it.',
    );
  }
  return settings.nms === null ? 'plain' : 'suppressed';
}

function denseMode(head: ModuleNode, { endToEnd, nms }: Pick<ConvertSettings, 'endToEnd' | 'nms'>): HeadMode {
  if (endToEnd !== true && nms === null) return 'plain';
  throw unsupportedCheckpoint(
    `${endToEnd === true ? 'An end-to-end head' : 'NMS'} was asked for, and a ${classOf(head)} head answers no boxes.`,
    'Leave the option out.',
  );
}

/** The name of a branch's children in this mode: end-to-end heads have a second set of them. */
export function branchName(mode: HeadMode, branch: string): string {
  return mode === 'end-to-end' ? `one2one_${branch}` : branch;
}

/** The mode of the head that is being built. */
export function modeOf({ settings }: BuildContext, head: ModuleNode): HeadMode {
  return headMode(head, settings);
}

/** As the file says: a head with a second branch uses it, unless it was switched off before the file was saved. */
function isEndToEnd(head: ModuleNode): boolean {
  const isSwitchedOff = head.attributes.get('_end2end') === false || head.attributes.get('end2end') === false;
  return hasBranch(head, 'one2one_cv2') && !isSwitchedOff;
}

function hasBranch(head: ModuleNode, branch: string): boolean {
  return optionalChild(head, branch) !== null;
}
