import { fraction, integerIn, invalid, optionWords, parseWords, required } from '@/lib/cli/command-words';
import { type SceneTask, sceneTasks } from '@/lib/engines/scenes/scene-classes';
import { sceneSides } from '@/lib/engines/scenes/scene-size';

/** What `sightline demo-data` was asked for. */
export type DemoDataRequest = {
  /** The folder as it was typed. */
  readonly out: string;
  readonly task: SceneTask;
  readonly images: number;
  readonly seed: number;
  /** Of every image; null for sizes that vary about a longer side of `imgsz`. */
  readonly size: { readonly width: number; readonly height: number } | null;
  readonly imgsz: number;
  /** Share of the images that make the validation split. */
  readonly val: number;
};

/** More than fit on most disks is a slip of the finger. */
const mostImages = 1_000_000;

const options = {
  out: { type: 'string' },
  task: { type: 'string' },
  images: { type: 'string' },
  seed: { type: 'string' },
  size: { type: 'string' },
  imgsz: { type: 'string' },
  val: { type: 'string' },
} as const;

/** Reads what stands behind `sightline demo-data`, as `key=value` or as options. Throws a `Fault` (`input-invalid`). */
export function parseDemoData(words: readonly string[]): DemoDataRequest {
  const { values, positionals } = parseWords(optionWords(words), options, 'demo-data');
  if (positionals.length > 0) {
    throw invalid(`The word “${positionals[0]}” belongs to no option.`, 'See: sightline demo-data --help.');
  }
  const { smallest, largest } = sceneSides;
  return {
    out: required(values.out, '--out', 'the folder to write'),
    task: taskOf(values.task),
    images: integerIn(values.images, '--images', 1, mostImages) ?? 400,
    seed: integerIn(values.seed, '--seed', 0, 2 ** 32 - 1) ?? 0,
    size: sizeOf(values.size),
    imgsz: integerIn(values.imgsz, '--imgsz', smallest, largest) ?? 480,
    val: fraction(values.val, '--val') ?? 0.2,
  };
}

function taskOf(text: string | undefined): SceneTask {
  const task = sceneTasks.find((known) => known === text);
  if (task !== undefined) return task;
  if (text === undefined) throw invalid('--task is missing.', `Give one of ${sceneTasks.join(', ')}: --task detect.`);
  throw invalid(`There are no scenes for the task “${text}”.`, `Give one of ${sceneTasks.join(', ')}.`);
}

/** Width and height as `480x360`, or one number for both. */
function sizeOf(text: string | undefined): DemoDataRequest['size'] {
  if (text === undefined) return null;
  const { smallest, largest } = sceneSides;
  const [width, height, ...others] = text.split(/[,x]/).map((side) => integerIn(side, '--size', smallest, largest));
  if (width == null || height === null || others.length > 0) {
    throw invalid(`--size cannot be “${text}”.`, 'Give width and height: --size 480x360.');
  }
  return { width, height: height ?? width };
}
