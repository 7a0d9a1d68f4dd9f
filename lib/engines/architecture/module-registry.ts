import { activationBuilders } from '@/lib/engines/architecture/activation-modules';
import { buildA2C2f, buildABlock, buildAreaAttention } from '@/lib/engines/architecture/area-attention';
import { buildAttention, buildC2Psa, buildPsa, buildPsaBlock } from '@/lib/engines/architecture/attention-blocks';
import {
  buildConcat,
  buildConv,
  buildConvTranspose,
  buildRepConv,
  buildRepVggDw,
} from '@/lib/engines/architecture/conv-modules';
import { buildBottleneck, buildC2, buildC2f, buildC3 } from '@/lib/engines/architecture/csp-blocks';
import { buildAConv, buildADown, buildCbFuse, buildCbLinear, buildElan } from '@/lib/engines/architecture/elan-blocks';
import type { ModuleBuilder } from '@/lib/engines/architecture/module-builder';
import { buildSppElan, buildSppf } from '@/lib/engines/architecture/pooling-blocks';
import {
  buildAdaptiveAveragePool,
  buildAveragePool,
  buildConvolution,
  buildIdentity,
  buildLinear,
  buildMaxPool,
  buildSequential,
  buildUpsample,
  buildZeroPad,
} from '@/lib/engines/architecture/torch-modules';
import { buildCib, buildScDown } from '@/lib/engines/architecture/v10-blocks';

const yoloModules: ReadonlyMap<string, ModuleBuilder> = new Map([
  ['Conv', buildConv],
  ['DWConv', buildConv],
  ['ConvTranspose', buildConvTranspose],
  ['RepConv', buildRepConv],
  ['Concat', buildConcat],
  ['Bottleneck', buildBottleneck],
  ['RepBottleneck', buildBottleneck],
  ['C2', buildC2],
  ['C2f', buildC2f],
  ['C3k2', buildC2f],
  ['C2fCIB', buildC2f],
  ['C3', buildC3],
  ['C3k', buildC3],
  ['RepCSP', buildC3],
  ['SPPF', buildSppf],
  ['SPPELAN', buildSppElan],
  ['C2PSA', buildC2Psa],
  ['PSA', buildPsa],
  ['PSABlock', buildPsaBlock],
  ['Attention', buildAttention],
  ['A2C2f', buildA2C2f],
  ['ABlock', buildABlock],
  ['AAttn', buildAreaAttention],
  ['ELAN1', buildElan],
  ['RepNCSPELAN4', buildElan],
  ['AConv', buildAConv],
  ['ADown', buildADown],
  ['CBLinear', buildCbLinear],
  ['CBFuse', buildCbFuse],
  ['SCDown', buildScDown],
  ['CIB', buildCib],
  ['RepVGGDW', buildRepVggDw],
  ['Silence', buildIdentity],
]);

const torchModules: ReadonlyMap<string, ModuleBuilder> = new Map([
  ...activationBuilders,
  ['Conv2d', buildConvolution],
  ['ConvTranspose2d', buildConvolution],
  ['Linear', buildLinear],
  ['MaxPool2d', buildMaxPool],
  ['AvgPool2d', buildAveragePool],
  ['AdaptiveAvgPool2d', buildAdaptiveAveragePool],
  ['ZeroPad2d', buildZeroPad],
  ['Upsample', buildUpsample],
  ['Sequential', buildSequential],
  ['Dropout', buildIdentity],
  ['Identity', buildIdentity],
]);

/**
 * The builder of a class, or null where none is known. The package has moved its classes between modules over the years
 * (`ultralytics.nn.modules.Conv`, `ultralytics.nn.modules.conv.Conv`), so only the library and the last part count.
 */
export function builderOf(className: string): ModuleBuilder | null {
  const name = className.slice(className.lastIndexOf('.') + 1);
  if (className.startsWith('ultralytics.')) return yoloModules.get(name) ?? null;
  return className.startsWith('torch.nn.') ? (torchModules.get(name) ?? null) : null;
}
