import { floats } from '@/lib/engines/graph/constants';
import { add, mul } from '@/lib/engines/graph/elementwise';
import type { Value } from '@/lib/engines/graph/value';
import { numberAttribute, numbersAttribute } from '@/lib/engines/training/gradients/attribute-values';
import {
  type BackwardStep,
  type GradientRules,
  inputOf,
  outputGradient,
  outputOf,
} from '@/lib/engines/training/gradients/gradient-rule';
import { pairOf, sumOfViews, type WindowLayout, windowLayout } from '@/lib/engines/training/gradients/window-views';

/** Gradients of AveragePool: every element of a window has the same part of its gradient. */
export const averagePoolGradients: GradientRules = {
  AveragePool: (step) => [() => averagePoolGradient(step)],
};

function averagePoolGradient(step: BackwardStep): Value {
  const { g, operation } = step;
  const kernel = pairOf(step, numbersAttribute(operation, 'kernel_shape') ?? []);
  const layout = windowLayout(step, kernel, inputOf(step, 0), outputOf(step));
  const countsPadding = numberAttribute(operation, 'count_include_pad', 0) === 1;
  const shares = windowShares(layout, countsPadding);
  const [first = 1] = shares;
  const isSame = shares.every((share) => share === first);
  const share = isSame ? first : floats(g, [1, 1, ...layout.count], shares);
  const part = mul(g, outputGradient(step), share);
  const views = Array.from({ length: kernel[0] * kernel[1] }, () => part);
  return sumOfViews(g, views, layout, (sum, view) => add(g, sum, view));
}

/** One over the number of elements under each window, row by row. */
function windowShares(layout: WindowLayout, countsPadding: boolean): readonly number[] {
  const [rows, columns] = [countsOnAxis(layout, 0, countsPadding), countsOnAxis(layout, 1, countsPadding)];
  return rows.flatMap((row) => columns.map((column) => 1 / (row * column)));
}

/** Beyond the padding, where a last window may reach, nothing counts. */
function countsOnAxis(layout: WindowLayout, axis: 0 | 1, countsPadding: boolean): readonly number[] {
  const [padding, length] = [layout.padding[axis], layout.map[axis]];
  const [from, to] = countsPadding ? [-padding, length + padding] : [0, length];
  return Array.from({ length: layout.count[axis] }, (_, window) => {
    const start = window * layout.stride[axis] - padding;
    const places = Array.from({ length: layout.kernel[axis] }, (_, place) => start + place * layout.dilation[axis]);
    return places.filter((place) => place >= from && place < to).length;
  });
}
