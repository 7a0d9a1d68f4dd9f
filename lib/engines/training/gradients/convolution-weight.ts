import { concat, reshape, transpose } from '@/lib/engines/graph/arrangement';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { matmul } from '@/lib/engines/graph/matmul';
import { reduceSum } from '@/lib/engines/graph/reduce';
import type { Value } from '@/lib/engines/graph/value';
import type { GradientForms } from '@/lib/engines/training/gradients/gradient-forms';
import { productByTransposed, swapped } from '@/lib/engines/training/gradients/matrix-products';
import { paddedMap, type WindowLayout, windowViews } from '@/lib/engines/training/gradients/window-views';

/** Sizes of a convolution: of each group, and of the batch. */
export type ConvolutionSizes = {
  readonly batch: number;
  readonly groups: number;
  /** Channels of the map in each group. */
  readonly channels: number;
  /** Filters in each group. */
  readonly filters: number;
};

/**
 * The gradient [M, C / groups, kH, kW] of a convolution's weight: Σ over batch and windows of the output's gradient
 * [batch, M, rows, columns] times what the map [batch, C, H, W] has under each place of the kernel.
 */
export function convolutionWeightGradient(
  g: GraphBuilder,
  forms: GradientForms,
  map: Value,
  gradient: Value,
  layout: WindowLayout,
  sizes: ConvolutionSizes,
): Value {
  const { batch, groups, channels, filters } = sizes;
  const windows = layout.count[0] * layout.count[1];
  const views = windowViews(g, paddedMap(g, map, layout), layout).map((view) =>
    reshape(g, view, [batch, groups, channels, windows]),
  );
  const grouped = reshape(g, gradient, [batch, groups, filters, windows]);
  const weight = [groups * filters, channels, ...layout.kernel];
  if (forms.convolutionWeight === 'columns') return reshape(g, byColumns(g, grouped, views, sizes), weight);
  return reshape(g, bySlices(g, forms, grouped, views, sizes), weight);
}

/** A product for each place of the kernel; [M, C / groups, places]. */
function bySlices(
  g: GraphBuilder,
  forms: GradientForms,
  gradient: Value,
  views: readonly Value[],
  { groups, channels, filters }: ConvolutionSizes,
): Value {
  const places = views.map((view) => {
    const product = reduceSum(g, productByTransposed(g, forms, gradient, view), [0]);
    return reshape(g, product, [1, groups * filters, channels]);
  });
  // Without a second place the axis in front and the axis behind are the same elements.
  return places.length === 1 ? concat(g, places, 0) : transpose(g, concat(g, places, 0), [1, 2, 0]);
}

/** One product of all places' columns; [groups, M / groups, C / groups, places]. */
function byColumns(
  g: GraphBuilder,
  gradient: Value,
  views: readonly Value[],
  { groups, channels, filters }: ConvolutionSizes,
): Value {
  const columns = concat(g, views, 2);
  const product = reduceSum(g, matmul(g, columns, swapped(g, gradient)), [0]);
  return transpose(g, reshape(g, product, [groups, views.length, channels, filters]), [0, 3, 2, 1]);
}
