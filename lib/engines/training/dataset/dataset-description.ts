import type { DatasetProblem } from '@/lib/engines/training/dataset/dataset-problem';
import type { KeypointShape } from '@/lib/engines/training/dataset/label-rule';
import { fieldFault, fieldOf, numbersOf, textOf, textsOf } from '@/lib/engines/training/dataset/yaml/yaml-fields';
import type { YamlMapping, YamlNode } from '@/lib/engines/training/dataset/yaml/yaml-node';

export type SplitName = 'train' | 'val' | 'test';

/** What a data.yaml says, read but not yet looked for. Its `download` is never carried out. */
export type DatasetDescription = {
  /** Folder of the images as written, or null for the folder of the file. */
  readonly path: string | null;
  /** Folders or lists of images as written; null where the file does not name the split. */
  readonly splits: Readonly<Record<SplitName, readonly string[] | null>>;
  readonly names: readonly string[];
  /** Null where the file has no kpt_shape. */
  readonly skeleton: Skeleton | null;
};

export type Skeleton = {
  readonly keypoints: KeypointShape;
  /** For each keypoint the one it becomes when the image is mirrored; null where mirroring is not described. */
  readonly flipIndices: readonly number[] | null;
  readonly names: readonly string[] | null;
  /** Tolerances of the keypoint similarity; null for the usual ones. */
  readonly sigmas: readonly number[] | null;
};

/** More classes, or keypoints, than any published network has. */
const maximumClasses = 65_536;
const maximumKeypoints = 1024;

type Tell = (problem: Omit<DatasetProblem, 'file'>) => void;

/** Reads the fields of a data.yaml. Throws a `Fault` (`input-invalid`) where the data set cannot be understood without a field. */
export function describeDataset(root: YamlNode, tell: Tell): DatasetDescription {
  if (root.kind !== 'mapping') throw fieldFault('the whole file', 'keys with values', root);
  const path = fieldOf(root, 'path');
  return {
    path: path && textOf(path, 'path'),
    splits: {
      train: splitOf(root, 'train'),
      val: splitOf(root, 'val') ?? splitOf(root, 'valid') ?? splitOf(root, 'validation'),
      test: splitOf(root, 'test'),
    },
    names: classNames(root, tell),
    skeleton: skeletonOf(root, tell),
  };
}

function splitOf(root: YamlMapping, key: string): string[] | null {
  const node = fieldOf(root, key);
  return node && textsOf(node, key);
}

function classNames(root: YamlMapping, tell: Tell): string[] {
  const named = fieldOf(root, 'names');
  const counted = fieldOf(root, 'nc');
  const count = counted === null ? null : wholeNumber(counted, 'nc', maximumClasses);
  if (named === null) {
    if (count === null) throw fieldFault('names', 'a list of class names', root);
    return Array.from({ length: count }, (_, classId) => `class${classId}`);
  }
  const names = indexedTexts(named, 'names', maximumClasses, tell, 'class');
  if (names.length === 0) throw fieldFault('names', 'a list with at least one class name', named);
  if (count !== null && count !== names.length) {
    tell({ line: counted?.line ?? null, found: `nc is ${count}, and names has ${names.length}. The names count.` });
  }
  return names;
}

/** A list, or a map from indices; indices that are left out get a name made of `stem`. */
function indexedTexts(node: YamlNode, field: string, maximum: number, tell: Tell, stem: string): string[] {
  if (node.kind !== 'mapping') {
    const texts = textsOf(node, field);
    if (texts.length > maximum) throw fieldFault(field, `at most ${maximum} names`, node);
    return texts;
  }
  const texts: string[] = [];
  for (const [key, value] of node.entries) {
    const index = /^\d{1,9}$/.test(key) ? Number(key) : maximum;
    if (index >= maximum) throw fieldFault(field, `a map with numbers from 0 to ${maximum - 1} as keys`, value);
    texts[index] = textOf(value, field);
  }
  const gaps = Array.from(texts.keys()).filter((index) => texts[index] === undefined);
  for (const index of gaps) texts[index] = `${stem}${index}`;
  if (gaps.length > 0) {
    tell({
      line: node.line,
      found: `${field} leaves out ${gaps[0]}${gaps.length > 1 ? ' and others' : ''}, which got a made-up name.`,
    });
  }
  return texts;
}

function skeletonOf(root: YamlMapping, tell: Tell): Skeleton | null {
  const shape = fieldOf(root, 'kpt_shape');
  if (shape === null) return null;
  const [count, dims, ...more] = numbersOf(shape, 'kpt_shape');
  const isCount = Number.isInteger(count) && count >= 1 && count <= maximumKeypoints;
  if (!isCount || (dims !== 2 && dims !== 3) || more.length > 0) {
    throw fieldFault('kpt_shape', '[number of keypoints, 2 or 3]', shape);
  }
  return {
    keypoints: { count, dims },
    flipIndices: keptIf(root, 'flip_idx', tell, (indices) => isPermutation(indices, count)),
    names: keypointNames(root, count, tell),
    sigmas: keptIf(
      root,
      'kpt_oks_sigmas',
      tell,
      (sigmas) => sigmas.length === count && sigmas.every((sigma) => sigma > 0),
    ),
  };
}

/** The numbers of a field when they fit the skeleton; told and left out otherwise. */
function keptIf(root: YamlMapping, field: string, tell: Tell, fits: (numbers: number[]) => boolean): number[] | null {
  const node = fieldOf(root, field);
  if (node === null) return null;
  const numbers = numbersOf(node, field);
  if (fits(numbers)) return numbers;
  tell({ line: node.line, found: `${field} does not fit kpt_shape. It was left out.` });
  return null;
}

/** A list, a map by keypoint, or a map from classes to lists, of which the first counts. */
function keypointNames(root: YamlMapping, count: number, tell: Tell): string[] | null {
  const node = fieldOf(root, 'kpt_names');
  if (node === null) return null;
  const [first] = node.kind === 'mapping' ? [...node.entries.values()] : [node];
  const list = first?.kind === 'sequence' ? first : node;
  const names = indexedTexts(list, 'kpt_names', maximumKeypoints, tell, 'keypoint');
  if (names.length === count) return names;
  tell({ line: node.line, found: `kpt_names has ${names.length} names for ${count} keypoints. It was left out.` });
  return null;
}

function isPermutation(indices: readonly number[], count: number): boolean {
  const seen = new Set(indices);
  return (
    indices.length === count && seen.size === count && indices.every((k) => Number.isInteger(k) && k >= 0 && k < count)
  );
}

function wholeNumber(node: YamlNode, field: string, maximum: number): number {
  const value = Number(textOf(node, field));
  if (!Number.isInteger(value) || value < 1 || value > maximum) {
    throw fieldFault(field, `a whole number from 1 to ${maximum}`, node);
  }
  return value;
}
