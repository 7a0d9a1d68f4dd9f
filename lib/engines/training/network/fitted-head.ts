import { classOf, optionalChild } from '@/lib/engines/architecture/module-builder';
import type { CheckpointValue, ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';
import { quoted, unsupportedCheckpoint } from '@/lib/engines/model-files/checkpoint/checkpoint-faults';
import { isTensor } from '@/lib/engines/model-files/checkpoint/checkpoint-values';
import { toFloat32 } from '@/lib/engines/model-files/checkpoint/to-float32';
import type { SeededRandom } from '@/lib/engines/training/augment/seeded-random';
import { classBias } from '@/lib/engines/training/network/head-biases';
import { freshConv2d, freshLinear } from '@/lib/engines/training/network/sightline/fresh-layers';

/** What a head is to tell apart. */
export type HeadFit = {
  readonly names: readonly string[];
  readonly keypoints: { readonly count: number; readonly dims: 2 | 3 } | null;
};

/** The head with as many classes and keypoints; layers that have them already stay. Rejects with a `Fault` where it has no such layers. */
export async function fittedHead(head: ModuleNode, fit: HeadFit, random: SeededRandom): Promise<ModuleNode> {
  if (classOf(head) === 'Classify') return fittedClassifier(head, fit.names.length, random);
  const strides = await stridesOf(head);
  const classes = fit.names.length;
  const values = fit.keypoints === null ? null : fit.keypoints.count * fit.keypoints.dims;
  const children = new Map(head.children);
  for (const prefix of ['', 'one2one_']) {
    fitBranch(children, `${prefix}cv3`, classes, random, (level) => classBias(classes, strides[level] ?? 32));
    if (values !== null) fitBranch(children, `${prefix}cv4`, values, random, () => undefined);
  }
  if (!children.has('cv3')) throw unfit(head, 'cv3');
  return { ...head, children, attributes: headAttributes(head, classes, fit.keypoints) };
}

function headAttributes(
  { attributes }: ModuleNode,
  classes: number,
  keypoints: HeadFit['keypoints'],
): ModuleNode['attributes'] {
  const bins = attributes.get('reg_max');
  const changed = new Map<string, CheckpointValue>([...attributes, ['nc', classes]]);
  if (typeof bins === 'number') changed.set('no', classes + 4 * bins);
  if (keypoints !== null) {
    changed.set('kpt_shape', [keypoints.count, keypoints.dims]);
    changed.set('nk', keypoints.count * keypoints.dims);
  }
  return changed;
}

/** Replaces the last convolution of each level where it has another number of outputs; a head without the branch stays so. */
function fitBranch(
  children: Map<string, ModuleNode | null>,
  branch: string,
  outputs: number,
  random: SeededRandom,
  biasOf: (level: number) => number | undefined,
): void {
  const levels = children.get(branch);
  if (!levels) return;
  const fitted = [...levels.children].map(([name, level], index): [string, ModuleNode] => {
    const [last, convolution] = [...(level?.children ?? [])].at(-1) ?? [];
    const shape = convolution?.parameters.get('weight')?.shape ?? [];
    if (!level || last === undefined || shape.length !== 4 || shape[2] !== shape[3]) throw unfit(levels, branch);
    if (shape[0] === outputs) return [name, level];
    const fresh = freshConv2d(random, shape[1], outputs, { kernel: shape[2], bias: biasOf(index) });
    return [name, { ...level, children: new Map(level.children).set(last, fresh) }];
  });
  children.set(branch, { ...levels, children: new Map(fitted) });
}

function fittedClassifier(head: ModuleNode, classes: number, random: SeededRandom): ModuleNode {
  const shape = optionalChild(head, 'linear')?.parameters.get('weight')?.shape ?? [];
  if (shape.length !== 2) throw unfit(head, 'linear');
  if (shape[0] === classes) return head;
  return { ...head, children: new Map(head.children).set('linear', freshLinear(random, shape[1], classes)) };
}

/** Pixels per cell of the levels; of more than any network has none. */
async function stridesOf({ attributes }: ModuleNode): Promise<readonly number[]> {
  const stride = attributes.get('stride');
  if (!isTensor(stride) || stride.shape.length !== 1 || stride.shape[0] > 8) return [];
  return [...toFloat32(await stride.read(), stride.dtype)];
}

function unfit(node: ModuleNode, part: string) {
  return unsupportedCheckpoint(
    `The ${quoted(classOf(node))} of this checkpoint has no “${part}” as such heads have it, so that its classes cannot be changed.`,
    'Start from another checkpoint, or from sightline-n.',
  );
}
