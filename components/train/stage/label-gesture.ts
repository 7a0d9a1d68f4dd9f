import { boxBetween, type Handle, movedBox, resizedBox } from '@/components/train/document/box-geometry';
import type { Box, ImagePoint, Size } from '@/lib/engines/geometry/shape';

/** What a press on the stage takes hold of. */
export type PressTarget =
  | { readonly kind: 'empty' }
  /** Inside a box that is not selected: a drag draws another one there, a tap selects it. */
  | { readonly kind: 'inside'; readonly labelId: string }
  | { readonly kind: 'body'; readonly labelId: string; readonly box: Box }
  | { readonly kind: 'handle'; readonly labelId: string; readonly box: Box; readonly handle: Handle };

/** A press under way, from where it began. */
export type LabelGesture = { readonly target: PressTarget; readonly from: ImagePoint; readonly to: ImagePoint };

/** What is shown while the pointer is down, and done when it goes up. */
export type GestureBox =
  | { readonly kind: 'draw'; readonly box: Box }
  | { readonly kind: 'change'; readonly labelId: string; readonly box: Box };

export function gestureBox({ target, from, to }: LabelGesture, image: Size): GestureBox {
  switch (target.kind) {
    case 'empty':
    case 'inside':
      return { kind: 'draw', box: boxBetween(from, to, image) };
    case 'body':
      return {
        kind: 'change',
        labelId: target.labelId,
        box: movedBox(target.box, to.x - from.x, to.y - from.y, image),
      };
    case 'handle':
      return { kind: 'change', labelId: target.labelId, box: resizedBox(target.box, target.handle, to, image) };
  }
}

/** What a press that did not move selects. */
export function tapped({ target }: LabelGesture): string | null {
  return target.kind === 'empty' ? null : target.labelId;
}
