import { type Attributes, text } from '@/lib/engines/graph/attributes';
import { constant } from '@/lib/engines/graph/constants';
import { mapShape } from '@/lib/engines/graph/conv';
import { type Extent, multiplyExtents } from '@/lib/engines/graph/extent';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { shapeTensor } from '@/lib/engines/graph/runtime-shape';
import { assertShape } from '@/lib/engines/graph/shape-error';
import type { Value } from '@/lib/engines/graph/value';

/**
 * How a map is sampled. `nearest` takes the element at or before the point; `linear` has pixel centres at halves;
 * `linear-corners` lays the centres of the outermost pixels on each other (torch's align_corners).
 */
export type Sampling = 'nearest' | 'linear' | 'linear-corners';

/** Maps [batch, C, H, W] enlarged by a factor for each of the last two axes. */
export function resizeBy(g: GraphBuilder, x: Value, factors: readonly [number, number], sampling: Sampling): Value {
  const [batch, channels, height, width] = mapShape(g, 'Resize', x);
  const shape = [batch, channels, scaled(g, height, factors[0]), scaled(g, width, factors[1])];
  // Scales are float32 whatever the graph computes in: the operator takes no other.
  const scales = constant(g, 'float32', [4], [1, 1, ...factors]);
  return g.node('Resize', [x, noRegion(g), scales], { elementType: x.elementType, shape }, attributes(sampling));
}

/** Maps [batch, C, H, W] resized to the height and width of others. */
export function resizeLike(g: GraphBuilder, x: Value, like: Value, sampling: Sampling): Value {
  const [batch, channels] = mapShape(g, 'Resize', x);
  const [, , height, width] = mapShape(g, 'Resize', like);
  const shape = [batch, channels, height, width];
  const sizes = shapeTensor(g, shape, [like, x]);
  const noScales = g.opset < 13 ? constant(g, 'float32', [0], []) : null;
  const inputs = [x, noRegion(g), noScales, sizes];
  return g.node('Resize', inputs, { elementType: x.elementType, shape }, attributes(sampling));
}

function scaled(g: GraphBuilder, extent: Extent, factor: number): Extent {
  if (typeof extent === 'number') return Math.floor(extent * factor);
  assertShape(g, 'Resize', Number.isInteger(factor), `a symbolic axis times ${factor}`);
  return multiplyExtents(extent, factor);
}

/** The region of interest, which only one mode uses; before operator set 13 it could not be left out. */
function noRegion(g: GraphBuilder): Value | null {
  return g.opset < 13 ? constant(g, 'float32', [0], []) : null;
}

function attributes(sampling: Sampling): Attributes {
  switch (sampling) {
    case 'nearest':
      return {
        mode: text('nearest'),
        nearest_mode: text('floor'),
        coordinate_transformation_mode: text('asymmetric'),
      };
    case 'linear':
      return { mode: text('linear'), coordinate_transformation_mode: text('half_pixel') };
    case 'linear-corners':
      return { mode: text('linear'), coordinate_transformation_mode: text('align_corners') };
  }
}
