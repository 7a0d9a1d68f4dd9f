import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import { invalid } from '@/lib/cli/command-words';
import type { DemoDataRequest } from '@/lib/cli/demo-data-words';
import type { Output } from '@/lib/cli/output';
import { type DrawnScene, drawScene } from '@/lib/engines/scenes/draw-scene';
import { yoloLabelLine } from '@/lib/engines/scenes/labels/yolo-label-line';
import { type SceneRandom, sceneRandom } from '@/lib/engines/scenes/random';
import { classesOf, personKeypoints, type SceneTask } from '@/lib/engines/scenes/scene-classes';

/** Images that are encoded while the next ones are drawn. */
const encodedAtOnce = 4;

/** Between two lines that tell how far it is. */
const progressMilliseconds = 2000;

/** Width to height of images whose size varies. */
const proportions = [4 / 3, 4 / 3, 3 / 2, 1, 3 / 4] as const;

type Streams = { readonly folder: string; readonly output: Output; readonly errors: Output };

/**
 * Writes a data set of drawn scenes: `images/` and `labels/` with a `data.yaml` (which comes last, so that a folder that has one is
 * whole), or class folders for classification. Tells how far it is on `errors`. Throws a `Fault` for a folder that holds something.
 */
export async function demoData(request: DemoDataRequest, { folder, output, errors }: Streams): Promise<number> {
  const target = resolve(folder, request.out);
  await makeEmptyFolder(target, request.out);
  const started = performance.now();
  const validation = validationCount(request);
  await makeFolders(request, target);
  await writeScenes(request, target, request.images - validation, errors);
  if (request.task !== 'classify')
    await writing(request.out, () => writeFile(join(target, 'data.yaml'), dataYaml(request.task)));
  const seconds = (performance.now() - started) / 1000;
  await output.writeLine(
    `${target}: ${request.images - validation} images to train with and ${validation} to validate, ${seconds.toFixed(1)} s (${(request.images / seconds).toFixed(0)} images/s)`,
  );
  return 0;
}

/** At least one image in either split where there are two and a share was asked for. */
function validationCount({ images, val }: DemoDataRequest): number {
  const share = Math.round(images * val);
  if (val === 0 || val === 1 || images === 1) return share;
  return Math.min(Math.max(share, 1), images - 1);
}

async function makeEmptyFolder(target: string, name: string): Promise<void> {
  await writing(name, () => mkdir(target, { recursive: true }));
  const entries = await readdir(target);
  if (entries.length > 0) {
    throw invalid(
      `“${name}” is not empty: it holds “${entries[0]}”${entries.length > 1 ? ` and ${entries.length - 1} more` : ''}.`,
      'Nothing was written. Give a new folder, or empty this one.',
    );
  }
}

async function makeFolders({ task, out }: DemoDataRequest, target: string): Promise<void> {
  const parts = task === 'classify' ? classesOf.classify : (['images', 'labels'] as const);
  for (const split of ['train', 'val']) {
    for (const part of parts) {
      const folder = task === 'classify' ? join(target, split, part) : join(target, part, split);
      await writing(out, () => mkdir(folder, { recursive: true }));
    }
  }
}

/** Draws one scene after the other while those before are encoded and written. */
async function writeScenes(request: DemoDataRequest, target: string, training: number, errors: Output): Promise<void> {
  const encoding = new Set<Promise<void>>();
  let told = performance.now();
  try {
    for (let index = 0; index < request.images; index++) {
      const written = writeScene(request, target, index < training ? 'train' : 'val', index);
      encoding.add(written);
      const done = () => encoding.delete(written);
      written.then(done, done);
      if (encoding.size >= encodedAtOnce) await Promise.race(encoding);
      if (performance.now() - told < progressMilliseconds) continue;
      told = performance.now();
      await errors.writeLine(`${index + 1} of ${request.images} images`);
    }
    await Promise.all(encoding);
  } finally {
    await Promise.allSettled(encoding);
  }
}

async function writeScene(request: DemoDataRequest, target: string, split: string, index: number): Promise<void> {
  const { task, seed } = request;
  const random = sceneRandom(seed).fork(`${task} ${index}`);
  const size = request.size ?? variedSize(random, request.imgsz);
  const scene = drawScene(task, random.integer(0, 2 ** 32 - 1), size, index);
  const stem = String(index).padStart(6, '0');
  const jpeg = await sharp(scene.pixels, { raw: { width: scene.width, height: scene.height, channels: 3 } })
    .jpeg({ quality: random.integer(74, 93) })
    .toBuffer();
  if (task === 'classify') {
    const path = join(target, split, scene.objects[0].className, `${stem}.jpg`);
    await writing(request.out, () => writeFile(path, jpeg));
    return;
  }
  await writing(request.out, () => writeFile(join(target, 'images', split, `${stem}.jpg`), jpeg));
  await writing(request.out, () => writeFile(join(target, 'labels', split, `${stem}.txt`), labelText(scene, task)));
}

function variedSize(random: SceneRandom, longer: number): { width: number; height: number } {
  const proportion = random.pick(proportions);
  const shorter = Math.round(longer / Math.max(proportion, 1 / proportion));
  return proportion >= 1 ? { width: longer, height: shorter } : { width: shorter, height: longer };
}

function labelText(scene: DrawnScene, task: Exclude<SceneTask, 'classify'>): string {
  const lines = scene.objects.flatMap((object) => yoloLabelLine(object, task, scene) ?? []);
  return lines.map((line) => `${line}\n`).join('');
}

function dataYaml(task: SceneTask): string {
  const names = classesOf[task].map((name, classId) => `  ${classId}: ${name}`);
  const { names: keypoints, flipIndices } = personKeypoints;
  const pose = [
    `kpt_shape: [${keypoints.length}, 3]`,
    `flip_idx: [${flipIndices.join(', ')}]`,
    'kpt_names:',
    `  0: [${keypoints.join(', ')}]`,
  ];
  return ['train: images/train', 'val: images/val', ...(task === 'pose' ? pose : []), 'names:', ...names, ''].join(
    '\n',
  );
}

async function writing(name: string, write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw invalid(`Nothing can be written to “${name}” (${code}).`, 'Choose another folder, or make room on the disk.');
  }
}
