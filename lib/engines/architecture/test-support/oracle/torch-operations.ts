import { assert, present } from '@/lib/core/assert';
import { valuesOf } from '@/lib/engines/architecture/test-support/module-trees/in-memory-tensor';
import { at, type FeatureMap, featureMap, mapOf } from '@/lib/engines/architecture/test-support/oracle/feature-map';
import type { ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';

/** Elements of a parameter or buffer. */
export function weights(node: ModuleNode, name: string): Float32Array {
  const tensor = node.parameters.get(name) ?? node.buffers.get(name);
  return valuesOf(present(tensor, `the tensor ${name} of ${node.className}`));
}

export function numberOf(node: ModuleNode, name: string): number {
  const value = node.attributes.get(name);
  assert(typeof value === 'number', `${node.className} has the number ${name}`);
  return value;
}

function sizeOf(node: ModuleNode, name: string): number {
  const value = node.attributes.get(name);
  const size = Array.isArray(value) ? value[0] : value;
  assert(typeof size === 'number', `${node.className} has the size ${name}`);
  return size;
}

/** Convolution by its definition: at every place the sum over the filter's channels, rows and columns. */
export function convolve(node: ModuleNode, x: FeatureMap): FeatureMap {
  const outputs = numberOf(node, 'out_channels');
  const perGroup = numberOf(node, 'in_channels') / numberOf(node, 'groups');
  const filtersPerGroup = outputs / numberOf(node, 'groups');
  const [kernel, stride, padding] = ['kernel_size', 'stride', 'padding'].map((name) => sizeOf(node, name));
  const weight = weights(node, 'weight');
  const bias = node.parameters.get('bias') ? weights(node, 'bias') : new Float32Array(outputs);
  const extent = (length: number) => Math.floor((length + 2 * padding - kernel) / stride) + 1;
  return mapOf(outputs, extent(x.height), extent(x.width), (filter, y, column) => {
    const firstChannel = Math.floor(filter / filtersPerGroup) * perGroup;
    let sum = bias[filter];
    for (let ky = 0; ky < kernel; ky += 1) {
      const fromY = y * stride + ky - padding;
      if (fromY < 0 || fromY >= x.height) continue;
      for (let kx = 0; kx < kernel; kx += 1) {
        const fromX = column * stride + kx - padding;
        if (fromX < 0 || fromX >= x.width) continue;
        for (let c = 0; c < perGroup; c += 1) {
          sum += at(x, firstChannel + c, fromY, fromX) * weight[((filter * perGroup + c) * kernel + ky) * kernel + kx];
        }
      }
    }
    return sum;
  });
}

/** Every input element paints a kernel's worth of outputs; with stride equal to the kernel they do not overlap. */
export function convolveTransposed(node: ModuleNode, x: FeatureMap): FeatureMap {
  const outputs = numberOf(node, 'out_channels');
  const kernel = sizeOf(node, 'kernel_size');
  const stride = sizeOf(node, 'stride');
  const weight = weights(node, 'weight');
  const bias = weights(node, 'bias');
  const result = featureMap(outputs, (x.height - 1) * stride + kernel, (x.width - 1) * stride + kernel);
  for (let m = 0; m < outputs; m += 1) {
    result.data.fill(bias[m], m * result.height * result.width, (m + 1) * result.height * result.width);
  }
  for (let c = 0; c < x.channels; c += 1) {
    for (let m = 0; m < outputs; m += 1) {
      for (let tap = 0; tap < kernel * kernel; tap += 1) {
        const [ky, kx] = [Math.floor(tap / kernel), tap % kernel];
        const factor = weight[(c * outputs + m) * kernel * kernel + tap];
        for (let cell = 0; cell < x.height * x.width; cell += 1) {
          const [y, column] = [Math.floor(cell / x.width), cell % x.width];
          const place = (m * result.height + y * stride + ky) * result.width + column * stride + kx;
          result.data[place] += at(x, c, y, column) * factor;
        }
      }
    }
  }
  return result;
}

/**
 * γ · (x − mean) / √(variance + ε) + β. Statistics as a new module has them, 0 and 1, are first replaced by those of this map,
 * so that a network of random weights keeps its activations within bounds as a trained one does.
 */
export function normalise(node: ModuleNode, x: FeatureMap): FeatureMap {
  const [gamma, beta] = [weights(node, 'weight'), weights(node, 'bias')];
  const [mean, variance] = [weights(node, 'running_mean'), weights(node, 'running_var')];
  if (mean.every((value) => value === 0) && variance.every((value) => value === 1)) measure(x, mean, variance);
  const epsilon = numberOf(node, 'eps');
  return mapOf(x.channels, x.height, x.width, (c, y, column) => {
    return (gamma[c] * (at(x, c, y, column) - mean[c])) / Math.sqrt(variance[c] + epsilon) + beta[c];
  });
}

/** Statistics of all channels together, because maps may be of a single pixel; each channel's a little beside them. */
function measure({ data }: FeatureMap, mean: Float32Array, variance: Float32Array): void {
  const average = data.reduce((sum, value) => sum + value, 0) / data.length;
  const variation = data.reduce((sum, value) => sum + (value - average) ** 2, 0) / data.length;
  // Where a map hardly varies, dividing by its deviation would blow up the rounding of every other image.
  const spread = variation + 0.1 * average ** 2 + 1e-3;
  for (let c = 0; c < mean.length; c += 1) {
    mean[c] = average + 0.2 * Math.sqrt(spread) * Math.sin(3 * c + 1);
    variance[c] = spread * Math.exp(0.3 * Math.cos(5 * c));
  }
}

/** The largest element under a window; what is outside of the map does not count. */
export function maxPooled(x: FeatureMap, kernel: number, stride: number, padding: number): FeatureMap {
  const extent = (length: number) => Math.floor((length + 2 * padding - kernel) / stride) + 1;
  return mapOf(x.channels, extent(x.height), extent(x.width), (c, y, column) => {
    let largest = Number.NEGATIVE_INFINITY;
    for (let tap = 0; tap < kernel * kernel; tap += 1) {
      const fromY = y * stride + Math.floor(tap / kernel) - padding;
      const fromX = column * stride + (tap % kernel) - padding;
      const isInside = fromY >= 0 && fromX >= 0 && fromY < x.height && fromX < x.width;
      if (isInside) largest = Math.max(largest, at(x, c, fromY, fromX));
    }
    return largest;
  });
}

export function maxPool(node: ModuleNode, x: FeatureMap): FeatureMap {
  return maxPooled(x, sizeOf(node, 'kernel_size'), sizeOf(node, 'stride'), sizeOf(node, 'padding'));
}

/** Means of 2×2 neighbours with stride 1: one row and one column fewer. */
export function averageOfNeighbours(x: FeatureMap): FeatureMap {
  return mapOf(x.channels, x.height - 1, x.width - 1, (c, y, column) => {
    const above = at(x, c, y, column) + at(x, c, y, column + 1);
    return (above + at(x, c, y + 1, column) + at(x, c, y + 1, column + 1)) / 4;
  });
}

export function zeroPad(node: ModuleNode, x: FeatureMap): FeatureMap {
  const padding = node.attributes.get('padding');
  assert(Array.isArray(padding), 'ZeroPad2d has four paddings');
  const [left, right, top, bottom] = padding.map(Number);
  return mapOf(x.channels, x.height + top + bottom, x.width + left + right, (c, y, column) => {
    const [fromY, fromX] = [y - top, column - left];
    const isInside = fromY >= 0 && fromX >= 0 && fromY < x.height && fromX < x.width;
    return isInside ? at(x, c, fromY, fromX) : 0;
  });
}

/** Each element repeated, by the nearest to the left and above. */
export function enlargedNearest(x: FeatureMap, height: number, width: number): FeatureMap {
  return mapOf(x.channels, height, width, (c, y, column) => {
    return at(x, c, Math.floor((y * x.height) / height), Math.floor((column * x.width) / width));
  });
}

/** Bilinear interpolation; `corners` lays the centres of the outermost pixels on each other. */
export function enlargedLinear(x: FeatureMap, factor: number, corners: boolean): FeatureMap {
  const height = x.height * factor;
  const width = x.width * factor;
  const source = (place: number, from: number, to: number) =>
    corners ? (place * (from - 1)) / Math.max(1, to - 1) : Math.max(0, (place + 0.5) / factor - 0.5);
  return mapOf(x.channels, height, width, (c, y, column) => {
    const fromY = source(y, x.height, height);
    const fromX = source(column, x.width, width);
    const [top, left] = [Math.floor(fromY), Math.floor(fromX)];
    const [bottom, right] = [Math.min(top + 1, x.height - 1), Math.min(left + 1, x.width - 1)];
    const [down, across] = [fromY - top, fromX - left];
    const above = at(x, c, top, left) * (1 - across) + at(x, c, top, right) * across;
    const below = at(x, c, bottom, left) * (1 - across) + at(x, c, bottom, right) * across;
    return above * (1 - down) + below * down;
  });
}

export function softmax(values: Float64Array): Float64Array {
  const largest = Math.max(...values);
  const powers = values.map((value) => Math.exp(value - largest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

export function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}
