import type { OverlayView } from '@/lib/engines/overlay/overlay-view';
import type { PaintAssets, PaintContext } from '@/lib/engines/overlay/paint-context';
import { textWidth } from '@/lib/engines/overlay/text-width';

export type PanelRow = {
  readonly label: string;
  readonly value: string;
  /** Length of the bar, 0–1. */
  readonly fraction: number;
  readonly css: string;
};

const BACKDROP = 'rgba(10, 12, 16, 0.78)';
const TRACK = 'rgba(255, 255, 255, 0.16)';
const MAX_LABEL_LENGTH = 32;

/** A translucent panel of labelled bars at the top-left corner of the image, or of what is visible of it. */
export function paintPanel(
  context: PaintContext,
  rows: readonly PanelRow[],
  view: OverlayView,
  assets: PaintAssets,
): void {
  if (rows.length === 0) return;
  const unit = view.fontSize;
  context.globalAlpha = 1;
  context.font = `500 ${unit}px ${view.fontFamily}`;
  context.textBaseline = 'alphabetic';
  const labels = rows.map(({ label }) => shorten(label));
  const widest = Math.max(...labels.map((label) => textWidth(context, assets, label)));
  const valueWidth = Math.max(...rows.map(({ value }) => textWidth(context, assets, value)));
  const padding = Math.round(unit * 0.8);
  const inner = Math.ceil(Math.max(unit * 13, widest + unit * 2 + valueWidth));
  const rowHeight = Math.round(unit * 2);
  const margin = Math.round(unit * 0.8);
  const x = Math.round(Math.max(0, view.offsetX)) + margin;
  const y = Math.round(Math.max(0, view.offsetY)) + margin;
  context.fillStyle = BACKDROP;
  context.beginPath();
  const height = rows.length * rowHeight + 2 * padding - Math.round(unit * 0.5);
  context.roundRect(x, y, inner + 2 * padding, height, Math.round(unit * 0.5));
  context.fill();
  rows.forEach((row, index) => {
    const left = x + padding;
    const top = y + padding + index * rowHeight;
    const baseline = top + unit * 0.8;
    context.fillStyle = 'white';
    context.textAlign = 'left';
    context.fillText(labels[index] ?? '', left, baseline);
    context.textAlign = 'right';
    context.fillText(row.value, left + inner, baseline);
    const barTop = top + Math.round(unit * 1.15);
    const barHeight = Math.max(2, Math.round(unit * 0.28));
    context.fillStyle = TRACK;
    context.fillRect(left, barTop, inner, barHeight);
    context.fillStyle = row.css;
    context.fillRect(left, barTop, inner * Math.min(1, Math.max(0, row.fraction)), barHeight);
  });
  context.textAlign = 'left';
}

function shorten(label: string): string {
  return label.length <= MAX_LABEL_LENGTH ? label : `${label.slice(0, MAX_LABEL_LENGTH - 1)}…`;
}
