/** A rectangle in CSS pixels of the window. */
type Rectangle = { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
type Size = { readonly width: number; readonly height: number };

export type FloatingPlace = {
  readonly left: number | null;
  readonly right: number | null;
  readonly top: number | null;
  readonly bottom: number | null;
  readonly maxHeight: number;
  readonly maxWidth: number;
};

/** Between the control and what floats beside it, and between that and the window's edge. */
const gap = 4;
const margin = 8;
/** Less room than this below a control, and more above it: what floats opens upwards. */
const comfortableHeight = 260;

/**
 * Where something opens beside its control, in CSS pixels from the window's edges. It is anchored by edges, so that its own
 * size need not be known: no second layout, no jump.
 */
export function floatingPlace(control: Rectangle, view: Size, align: 'start' | 'end'): FloatingPlace {
  const below = view.height - control.bottom - gap - margin;
  const above = control.top - gap - margin;
  const opensUp = below < comfortableHeight && above > below;
  const left = Math.max(margin, control.left);
  const right = Math.max(margin, view.width - control.right);
  return {
    left: align === 'start' ? left : null,
    right: align === 'end' ? right : null,
    top: opensUp ? null : control.bottom + gap,
    bottom: opensUp ? view.height - control.top + gap : null,
    maxHeight: Math.max(0, opensUp ? above : below),
    maxWidth: Math.max(0, view.width - margin - (align === 'start' ? left : right)),
  };
}
