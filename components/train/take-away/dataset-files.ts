import { chooseSplit } from '@/components/train/document/choose-split';
import type { DrawnLabel, TrainDocument } from '@/components/train/document/train-document';
import type { TrainImage } from '@/components/train/session/train-state';
import type { Skeleton } from '@/lib/engines/training/dataset/dataset-description';
import { baseName, fileStems } from '@/lib/engines/vision/exports/file-stems';

/** A file of the archive: text of ours, or a picture as it came. */
export type DatasetFile = { readonly path: string; readonly content: string | Blob };

type LabelledSet = {
  /** Labelled ones only. */
  readonly images: readonly TrainImage[];
  readonly document: TrainDocument;
  readonly skeleton: Skeleton | null;
};

/** Places of a fraction: a hundredth of a pixel in pictures of 10 000. */
const places = 6;

/**
 * Labels of objects as the field writes them: `labels/train/<picture>.txt`, `labels/val/…`, `classes.txt` and a `data.yaml` that
 * expects the pictures in `images/`. The split is the one that the page trains with.
 */
export function objectLabelFiles({ images, document, skeleton }: LabelledSet): DatasetFile[] {
  const stems = new Map(fileStems(images.map(({ name }) => name)).map((stem, index) => [images[index].id, stem]));
  const { train, val, isHeldOut } = chooseSplit(images);
  const files = (folder: string, of: readonly TrainImage[]): DatasetFile[] =>
    of.map(({ id }) => ({
      path: `labels/${folder}/${stems.get(id)}.txt`,
      content: (document.labels.get(id)?.objects ?? []).map((label) => `${labelLine(label, skeleton)}\n`).join(''),
    }));
  const renamed = images.filter(({ id, name }) => stems.get(id) !== baseName(name).replace(/\.[^.]*$/, ''));
  return [
    ...files('train', train),
    ...(isHeldOut ? files('val', val) : []),
    { path: 'classes.txt', content: document.names.map((name) => `${oneLine(name)}\n`).join('') },
    {
      path: 'data.yaml',
      content: [
        '# Put the pictures into images/train and images/val, by the names of their label files.',
        ...renamed.map(({ id, name }) => `# ${stems.get(id)}.txt is of ${oneLine(name)}`),
        'path: .',
        'train: images/train',
        `val: images/${isHeldOut ? 'val' : 'train'}`,
        'names:',
        ...document.names.map((name, classId) => `  ${classId}: ${JSON.stringify(oneLine(name))}`),
        ...skeletonLines(skeleton),
        '',
      ].join('\n'),
    },
  ];
}

/** Whole pictures are labelled by the folder they lie in, so that their labels are the pictures themselves. */
export function classFolderFiles({ images, document }: LabelledSet): DatasetFile[] {
  const folders = fileStems(document.names.map((name) => `${name.replace(/[/\\]/g, '_')}.class`));
  const stems = fileStems(images.map(({ name }) => name));
  const { val, isHeldOut } = chooseSplit(images);
  const held = new Set(isHeldOut ? val : []);
  return images.map((image, index) => {
    const folder = folders[document.labels.get(image.id)?.classId ?? -1] ?? 'unknown';
    const extension = /\.[A-Za-z0-9]{1,5}$/.exec(baseName(image.name))?.[0] ?? '';
    const path = `${held.has(image) ? 'val' : 'train'}/${folder}/${stems[index]}${extension}`;
    return { path, content: image.blob };
  });
}

/** A label in the form it has: outlines and corners where there are some, else its box with its keypoints. */
function labelLine({ classId, box, outline, keypoints }: DrawnLabel, skeleton: Skeleton | null): string {
  const { cx, cy, width, height } = box;
  const dims = skeleton?.keypoints.dims ?? 3;
  const points = [...(keypoints ?? [])].filter((_, k) => k % 3 < dims);
  return [classId, ...[...(outline ?? [cx, cy, width, height]), ...points].map(written)].join(' ');
}

function written(value: number): string {
  return String(Number(value.toFixed(places)));
}

function skeletonLines(skeleton: Skeleton | null): string[] {
  if (skeleton === null) return [];
  const { keypoints, flipIndices, names, sigmas } = skeleton;
  return [
    `kpt_shape: [${keypoints.count}, ${keypoints.dims}]`,
    ...(flipIndices ? [`flip_idx: [${flipIndices.join(', ')}]`] : []),
    ...(names ? [`kpt_names: [${names.map((name) => JSON.stringify(oneLine(name))).join(', ')}]`] : []),
    ...(sigmas ? [`kpt_oks_sigmas: [${sigmas.join(', ')}]`] : []),
  ];
}

/** Names come from foreign files: a line break in one would make lines of its own. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}
