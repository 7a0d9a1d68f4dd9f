import { mkdir, realpath, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Fault } from '@/lib/core/fault';
import { baseName, fileStems } from '@/lib/engines/vision/exports/file-stems';
import { yoloTxt } from '@/lib/engines/vision/exports/yolo-txt';
import type { PixelImage } from '@/lib/engines/vision/pixel-image';
import type { VisionResult } from '@/lib/engines/vision/vision-result';

/** Writes one image's files; `index` is its place among the images. */
export type SaveResult = (index: number, image: PixelImage, result: VisionResult) => Promise<void>;

/**
 * Makes the folder and gives back what writes `<name>.png` (the image with the result drawn over it) and `labels/<name>.txt`
 * (YOLO labels, for results that have any) into it. Names are those of the images, numbered where two are the same.
 * Throws a `Fault` (`input-invalid`) when the folder cannot be written, or is the images' own.
 */
export async function createSaver(saveFolder: string, folder: string, images: readonly string[]): Promise<SaveResult> {
  const target = resolve(folder, saveFolder);
  const labels = join(target, 'labels');
  await writing(saveFolder, () => mkdir(labels, { recursive: true }));
  const isSourceFolder = (await realpath(target)) === (await realpath(dirname(images[0])));
  if (isSourceFolder) {
    throw new Fault({
      code: 'input-invalid',
      found: `--save names the folder of the images themselves (“${saveFolder}”), where PNG images would be overwritten.`,
      remedy: 'Choose another folder.',
    });
  }
  const stems = fileStems(images.map(baseName));
  // The canvas library is large: only those who save pay for loading it.
  const { annotateImage } = await import('@/lib/platform/images/annotate-image');

  return async (index, image, result) => {
    const png = await annotateImage(image, result);
    await writing(saveFolder, () => writeFile(join(target, `${stems[index]}.png`), png));
    if (result.task === 'semantic' || result.task === 'depth') return;
    await writing(saveFolder, () => writeFile(join(labels, `${stems[index]}.txt`), yoloTxt(result)));
  };
}

async function writing(saveFolder: string, write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw new Fault(
      {
        code: 'input-invalid',
        found: `Nothing can be written to “${saveFolder}” (${code}).`,
        remedy: 'Choose another folder for --save.',
      },
      { cause },
    );
  }
}
