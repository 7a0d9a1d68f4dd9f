import { concat, reshape, transpose } from '@/lib/engines/graph/arrangement';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { reduceSum } from '@/lib/engines/graph/reduce';
import type { Value } from '@/lib/engines/graph/value';
import type { GradientForms } from '@/lib/engines/training/gradients/gradient-forms';
import { productByTransposed } from '@/lib/engines/training/gradients/matrix-products';
import { hasPhases, phaseViews } from '@/lib/engines/training/gradients/window-phases';
import { paddedMap, type WindowLayout, windowViews } from '@/lib/engines/training/gradients/window-views';

/** Products of fewer columns than this leave the processor idle: the views are joined first. */
const fewChannels = 4;

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
  const isJoined = forms.convolutionWeight === 'columns' || channels < fewChannels;
  const isDealt = forms.convolutionWeight === 'slices' && hasPhases(layout);
  const all = isDealt ? phaseViews(g, map, layout) : windowViews(g, paddedMap(g, map, layout), layout);
  const views = all.map((view) => reshape(g, view, [batch, groups, channels, windows]));
  const grouped = reshape(g, gradient, [batch, groups, filters, windows]);
  const product = isJoined ? byColumns(g, forms, grouped, views, sizes) : bySlices(g, forms, grouped, views, sizes);
  return reshape(g, product, [groups * filters, channels, ...layout.kernel]);
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
  forms: GradientForms,
  gradient: Value,
  views: readonly Value[],
  { groups, channels, filters }: ConvolutionSizes,
): Value {
  const columns = concat(g, views, 2);
  const product = reduceSum(g, productByTransposed(g, forms, columns, gradient), [0]);
  return transpose(g, reshape(g, product, [groups, views.length, channels, filters]), [0, 3, 2, 1]);
}
