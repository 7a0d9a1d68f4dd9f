import { type BuildContext, misfit } from '@/lib/engines/architecture/module-builder';
import { concat, expand, reshape } from '@/lib/engines/graph/arrangement';
import { constant, scalar } from '@/lib/engines/graph/constants';
import { mapShape } from '@/lib/engines/graph/conv';
import { add } from '@/lib/engines/graph/elementwise';
import { divideExtents, type Extent, multiplyExtents, shapeText } from '@/lib/engines/graph/extent';
import { rangeOfAxis } from '@/lib/engines/graph/runtime-shape';
import { cast } from '@/lib/engines/graph/unary';
import type { Value } from '@/lib/engines/graph/value';
import type { ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';

/** Where the cells of all levels stand, in the order of `joinLevels`. Both values are float32. */
export type AnchorPoints = {
  /** Centres of the cells as x, y in cells of their level: [1, 2, anchors]. */
  readonly points: Value;
  /** Pixels of the image per cell: [1, 1, anchors]. */
  readonly strides: Value;
};

type Level = {
  readonly map: Value;
  readonly height: Extent;
  readonly width: Extent;
  readonly stride: number;
};

/** The anchor points of the levels: constants where the image's size is known, computed from the maps where it is not. */
export function anchorPoints(context: BuildContext, node: ModuleNode, maps: readonly Value[]): AnchorPoints {
  const levels = maps.map((map) => levelOf(context, node, map));
  return constantPoints(context, levels) ?? computedPoints(context, levels);
}

function levelOf(context: BuildContext, node: ModuleNode, map: Value): Level {
  const [, , height, width] = mapShape(context.graph, 'Reshape', map);
  const [, , imageHeight, imageWidth] = mapShape(context.graph, 'Reshape', context.images);
  const stride = divideExtents(imageHeight, height);
  if (typeof stride !== 'number' || stride !== divideExtents(imageWidth, width)) {
    const [cells, pixels] = [shapeText([height, width]), shapeText([imageHeight, imageWidth])];
    throw misfit(context, node, `has a level of ${cells} cells, which do not divide an image of ${pixels} pixels`);
  }
  return { map, height, width, stride };
}

function constantPoints({ graph }: BuildContext, levels: readonly Level[]): AnchorPoints | null {
  const xs: number[] = [];
  const ys: number[] = [];
  const strides: number[] = [];
  for (const { height, width, stride } of levels) {
    if (typeof height !== 'number' || typeof width !== 'number') return null;
    for (let cell = 0; cell < height * width; cell += 1) {
      xs.push((cell % width) + 0.5);
      ys.push(Math.floor(cell / width) + 0.5);
      strides.push(stride);
    }
  }
  return {
    points: constant(graph, 'float32', [1, 2, xs.length], [...xs, ...ys]),
    strides: constant(graph, 'float32', [1, 1, strides.length], strides),
  };
}

function computedPoints(context: BuildContext, levels: readonly Level[]): AnchorPoints {
  const { graph } = context;
  return {
    points: concat(
      graph,
      levels.map((level) => levelPoints(context, level)),
      2,
    ),
    strides: concat(
      graph,
      levels.map(({ map, height, width, stride }) => {
        const cells = expand(graph, scalar(graph, 'float32', stride), [1, 1, height, width], [map]);
        return reshape(graph, cells, [1, 1, multiplyExtents(height, width)]);
      }),
      2,
    ),
  };
}

/** [1, 2, cells] of one level. */
function levelPoints({ graph: g }: BuildContext, { map, height, width }: Level): Value {
  const centres = (axis: number) => add(g, cast(g, rangeOfAxis(g, map, axis), 'float32'), 0.5);
  const plane = (along: Value) => expand(g, along, [1, 1, height, width], [map]);
  const xs = plane(reshape(g, centres(3), [1, 1, 1, width]));
  const ys = plane(reshape(g, centres(2), [1, 1, height, 1]));
  return reshape(g, concat(g, [xs, ys], 1), [1, 2, multiplyExtents(height, width)]);
}
