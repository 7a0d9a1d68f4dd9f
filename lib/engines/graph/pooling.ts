import { int } from '@/lib/engines/graph/attributes';
import { assertRoom, mapShape } from '@/lib/engines/graph/conv';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import type { Value } from '@/lib/engines/graph/value';
import { type Window, windowAttributes, windowExtent } from '@/lib/engines/graph/window';

type PoolWindow = Window & {
  /** Rounds the number of windows up: the last one may reach beyond the padding. */
  readonly ceil?: boolean;
};

/** Largest value under each window of [batch, C, H, W]. */
export function maxPool(g: GraphBuilder, x: Value, window: PoolWindow): Value {
  const { dilations, ...attributes } = windowAttributes(window);
  const isDilated = window.dilation?.some((dilation) => dilation !== 1) ?? false;
  const all = isDilated ? { ...attributes, dilations } : attributes;
  return pool(g, 'MaxPool', x, window, { ...all, ceil_mode: int(Number(window.ceil ?? false)) });
}

/** Mean under each window of [batch, C, H, W]; `countPadding` lets the zeros of the padding count. */
export function averagePool(
  g: GraphBuilder,
  x: Value,
  { countPadding = true, ...window }: Omit<PoolWindow, 'dilation'> & { readonly countPadding?: boolean },
): Value {
  const { dilations: _none, ...attributes } = windowAttributes(window);
  return pool(g, 'AveragePool', x, window, {
    ...attributes,
    ceil_mode: int(Number(window.ceil ?? false)),
    count_include_pad: int(Number(countPadding)),
  });
}

/** Mean of each map of [batch, C, H, W], as [batch, C, 1, 1]. */
export function globalAveragePool(g: GraphBuilder, x: Value): Value {
  const [batch, channels] = mapShape(g, 'GlobalAveragePool', x);
  return g.node('GlobalAveragePool', [x], { elementType: x.elementType, shape: [batch, channels, 1, 1] });
}

function pool(
  g: GraphBuilder,
  operator: string,
  x: Value,
  window: PoolWindow,
  attributes: Parameters<GraphBuilder['node']>[3],
): Value {
  const [batch, channels, height, width] = mapShape(g, operator, x);
  const rows = windowExtent(height, window, 0, window.ceil);
  const columns = windowExtent(width, window, 1, window.ceil);
  const shape = [batch, channels, rows, columns];
  assertRoom(g, operator, shape);
  return g.node(operator, [x], { elementType: x.elementType, shape }, attributes);
}
