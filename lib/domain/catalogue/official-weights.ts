import type { Task } from '@/lib/core/task';

const weightsFamilies = ['yolov8', 'yolo11', 'yolo26'] as const;
type WeightsFamily = (typeof weightsFamilies)[number];

const weightsScales = ['n', 's', 'm', 'l', 'x'] as const;
type WeightsScale = (typeof weightsScales)[number];

/** Weights that their publisher gives out for everybody to use under its licence. */
export type OfficialWeights = {
  /** The file's name without its ending: `yolo11n-seg`. */
  readonly name: string;
  readonly fileName: string;
  readonly family: WeightsFamily;
  readonly scale: WeightsScale;
  readonly task: Task;
  /** What it was trained on, as the publisher says. */
  readonly trainedOn: string;
  /** Rough, by family and scale; the exact size is known once the download begins. */
  readonly approximateBytes: number;
};

/** The licence of all of them. */
export const weightsLicense = {
  id: 'AGPL-3.0',
  name: 'AGPL-3.0, or the Ultralytics Enterprise License',
  summary:
    'The weights are published by Ultralytics under AGPL-3.0: whoever offers a product or a service with them must give its users the whole source code under the same licence. An Enterprise License from Ultralytics lifts that.',
  url: 'https://www.ultralytics.com/license',
} as const;

type TaskFiles = { readonly suffix: string; readonly task: Task; readonly trainedOn: string };

/** The endings of the file names, in the order of the publisher's tables. Whatever has no file there is not listed. */
const tasks = [
  { suffix: '', task: 'detect', trainedOn: 'COCO, 80 classes' },
  { suffix: '-seg', task: 'segment', trainedOn: 'COCO, 80 classes' },
  { suffix: '-pose', task: 'pose', trainedOn: 'COCO keypoints, 1 class' },
  { suffix: '-obb', task: 'obb', trainedOn: 'DOTAv1, 15 classes' },
  { suffix: '-cls', task: 'classify', trainedOn: 'ImageNet, 1000 classes' },
] as const satisfies readonly TaskFiles[];

/** Of the youngest family only (https://docs.ultralytics.com/tasks/semantic and /tasks/depth). */
const denseTasks = [
  { suffix: '-sem', task: 'semantic', trainedOn: 'Cityscapes, 19 classes' },
  { suffix: '-depth', task: 'depth', trainedOn: 'Indoor and outdoor scenes, depth in metres' },
] as const satisfies readonly TaskFiles[];

const tasksOf: Readonly<Record<WeightsFamily, readonly TaskFiles[]>> = {
  yolov8: tasks,
  yolo11: tasks,
  yolo26: [...tasks, ...denseTasks],
};

/** Megabytes of the detection weights: two bytes for each weight. */
const roughMegabytes: Readonly<Record<WeightsFamily, Readonly<Record<WeightsScale, number>>>> = {
  yolov8: { n: 6, s: 23, m: 52, l: 88, x: 137 },
  yolo11: { n: 6, s: 19, m: 41, l: 51, x: 115 },
  yolo26: { n: 6, s: 20, m: 44, l: 53, x: 119 },
};

/** Every file of the catalogue, by family, task and scale. */
export const officialWeights: readonly OfficialWeights[] = weightsFamilies.flatMap((family) =>
  tasksOf[family].flatMap(({ suffix, task, trainedOn }) =>
    weightsScales.map((scale) => {
      const name = `${family}${scale}${suffix}`;
      const approximateBytes = roughMegabytes[family][scale] * 1_000_000;
      return { name, fileName: `${name}.pt`, family, scale, task, trainedOn, approximateBytes };
    }),
  ),
);
