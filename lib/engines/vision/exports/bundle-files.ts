import type { DialectName } from '@/lib/engines/vision/dialects/dialect';
import { dialects } from '@/lib/engines/vision/dialects/dialect-registry';
import { dialectTasks } from '@/lib/engines/vision/dialects/dialect-tasks';
import { serialiseDocument } from '@/lib/engines/vision/dialects/serialise-document';
import { cocoCovers, cocoJson } from '@/lib/engines/vision/exports/coco-json';
import { fileStems, modelNameOf } from '@/lib/engines/vision/exports/file-stems';
import { predictionsCsv } from '@/lib/engines/vision/exports/predictions-csv';
import type { ResultItem } from '@/lib/engines/vision/exports/result-item';
import { yoloTxt } from '@/lib/engines/vision/exports/yolo-txt';
import type { Thresholds } from '@/lib/engines/vision/vision-result';

export type BundleOptions = {
  /** File name of the model, as `yolo11n.onnx`. */
  readonly modelFileName: string;
  readonly thresholds: Thresholds;
  /** The dialects to write; those that cannot express a result's task are left out and named in the README. */
  readonly dialects: readonly DialectName[];
  /** Appends the confidence to the lines of `labels/`. */
  readonly labelConfidence?: boolean;
};

export type BundleFile = { readonly path: string; readonly text: string };

/**
 * The text files of the download with everything, in a fixed order: `README.txt`, `classes.txt`, `predictions.csv`,
 * `coco.json`, `labels/<image>.txt` and `json/<dialect>/<image>.json`. Paths use `/`, are safe on every system and unique;
 * `<image>` is the name that `fileStems` gives, which rendered images should take as well. The same items and options give
 * the same bytes.
 */
export function bundleFiles(items: readonly ResultItem[], options: BundleOptions): BundleFile[] {
  const stems = fileStems(items.map(({ imageName }) => imageName));
  const stemmed = items.map((item, index) => ({ ...item, stem: stems[index] ?? 'image' }));
  const coco = items.filter(({ result }) => cocoCovers(result.task));
  const labelled = stemmed.filter(({ result }) => result.task !== 'semantic' && result.task !== 'depth');
  const context = { modelName: modelNameOf(options.modelFileName) };
  return [
    { path: 'README.txt', text: readme(stemmed, options) },
    { path: 'classes.txt', text: classList(items) },
    { path: 'predictions.csv', text: predictionsCsv(items) },
    ...(coco.length > 0 ? [{ path: 'coco.json', text: serialiseDocument(cocoJson(coco)) }] : []),
    ...labelled.map(({ stem, result }) => ({
      path: `labels/${stem}.txt`,
      text: yoloTxt(result, { confidence: options.labelConfidence ?? false }),
    })),
    ...options.dialects.flatMap((name) =>
      stemmed
        .filter(({ result }) => dialectTasks[name].includes(result.task))
        .map(({ stem, imageName, result }) => ({
          path: `json/${name}/${stem}.json`,
          text: serialiseDocument(dialects[name].document(result, { ...context, imageName })),
        })),
    ),
  ];
}

/** Class names by index, one a line; of several models the longest list. */
function classList(items: readonly ResultItem[]): string {
  const longest = items.reduce<readonly string[]>(
    (names, { result }) => (result.names.length > names.length ? result.names : names),
    [],
  );
  return longest.map((name) => `${name.replace(/[\r\n]+/g, ' ')}\n`).join('');
}

function readme(items: readonly (ResultItem & { readonly stem: string })[], options: BundleOptions): string {
  const { thresholds } = options;
  const tasks = [...new Set(items.map(({ result }) => result.task))];
  const missing = options.dialects.filter((name) => tasks.some((task) => !dialectTasks[name].includes(task)));
  const lines = [
    'Predictions by Sightline',
    '',
    `Model: ${options.modelFileName}`,
    `Task: ${tasks.join(', ')}`,
    `Images: ${items.length}`,
    `Confidence above ${thresholds.conf}, IoU ${thresholds.iou}, at most ${thresholds.maxDetections} detections per image` +
      `${thresholds.agnostic ? ', overlaps removed across classes' : ''}` +
      `${thresholds.classes === null ? '' : `, classes ${thresholds.classes.join(', ')} only`}.`,
    'Pixels count from the top left corner of the upright original.',
    '',
    'classes.txt      class names, the first line is class 0',
    'predictions.csv  one line per prediction, for spreadsheets',
    'coco.json        all images as one COCO data set',
    'labels/          YOLO text labels, one file per image',
    ...options.dialects.map((name) => `json/${name}/  ${dialects[name].title}`),
    ...(missing.length > 0 ? ['', `No way to write this task in: ${missing.join(', ')}.`] : []),
    '',
    'File name: original name',
    ...items.map(({ stem, imageName }) => `${stem}: ${imageName.replace(/[\r\n]+/g, ' ')}`),
  ];
  return lines.map((line) => `${line}\n`).join('');
}
