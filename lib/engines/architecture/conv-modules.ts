import { readBatchNorm } from '@/lib/engines/architecture/batch-norm';
import { addConvolution, type Convolution, readConvolution } from '@/lib/engines/architecture/convolution';
import { numberAttribute } from '@/lib/engines/architecture/module-attributes';
import {
  type BuildContext,
  buildChild,
  childOf,
  classOf,
  type ModuleBuilder,
  misfit,
  onlyInput,
  optionalChild,
  within,
} from '@/lib/engines/architecture/module-builder';
import { addSummedConvolutions } from '@/lib/engines/architecture/summed-convolutions';
import { concat } from '@/lib/engines/graph/arrangement';
import type { ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';

/** act(bn(conv(x))), with the normalisation folded; a fused file has none. */
export const buildConv: ModuleBuilder = (context, node, inputs) => {
  const x = onlyInput(context, node, inputs);
  const convolution = normalisedConvolution(context, node, 'conv');
  return buildChild(context, node, 'act', addConvolution(within(context, 'conv'), x, convolution));
};

/** As Conv, with a transposed convolution, which an older proto module has; its normalisation may be left out. */
export const buildConvTranspose: ModuleBuilder = (context, node, inputs) => {
  const x = onlyInput(context, node, inputs);
  const convolution = normalisedConvolution(context, node, 'conv_transpose');
  return buildChild(context, node, 'act', addConvolution(within(context, 'conv_transpose'), x, convolution));
};

/** act(conv1(x) + conv2(x) + bn(x)) as one convolution; a fused file has it already. */
export const buildRepConv: ModuleBuilder = (context, node, inputs) => {
  const x = onlyInput(context, node, inputs);
  if (optionalChild(node, 'conv') !== null) {
    return buildChild(context, node, 'act', buildChild(context, node, 'conv', x));
  }
  const branches = [branchOf(context, node, 'conv1'), branchOf(context, node, 'conv2')] as const;
  const norm = optionalChild(node, 'bn');
  const identity = norm === null ? null : readBatchNorm(context, norm, 'bn', branches[0].outputChannels);
  if (identity !== null && x.shape[1] !== branches[0].outputChannels) {
    throw misfit(context, node, 'adds its input to a sum with other channels');
  }
  return buildChild(context, node, 'act', addSummedConvolutions(context, node, x, branches, identity));
};

/** act(conv(x) + conv1(x)), 7×7 and 3×3 depthwise, as one convolution; a fused file has a plain `conv` only. */
export const buildRepVggDw: ModuleBuilder = (context, node, inputs) => {
  const x = onlyInput(context, node, inputs);
  if (optionalChild(node, 'conv1') === null) {
    return buildChild(context, node, 'act', buildChild(context, node, 'conv', x));
  }
  const branches = [branchOf(context, node, 'conv'), branchOf(context, node, 'conv1')] as const;
  return buildChild(context, node, 'act', addSummedConvolutions(context, node, x, branches, null));
};

/** All inputs one after the other along axis `d`. */
export const buildConcat: ModuleBuilder = (context, node, inputs) => {
  return concat(context.graph, inputs, numberAttribute(context, node, 'd', 1));
};

/** A branch of a sum: a Conv module whose activation does nothing, or once fused a bare convolution. */
function branchOf(context: BuildContext, node: ModuleNode, name: string): Convolution {
  const branch = childOf(context, node, name);
  const inner = within(context, name);
  if (optionalChild(branch, 'conv') === null) return readConvolution(inner, branch, '', null);
  const activation = optionalChild(branch, 'act');
  if (activation !== null && classOf(activation) !== 'Identity') {
    throw misfit(inner, branch, 'has an activation inside a sum');
  }
  return normalisedConvolution(inner, branch, 'conv');
}

function normalisedConvolution(context: BuildContext, node: ModuleNode, name: string): Convolution {
  const norm = optionalChild(node, 'bn');
  const isFolded = norm === null || classOf(norm) === 'Identity';
  return readConvolution(context, childOf(context, node, name), name, isFolded ? null : { node: norm, name: 'bn' });
}
