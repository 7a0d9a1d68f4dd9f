import { relative } from 'node:path';
import { parseClassFilter } from '@/lib/cli/class-filter';
import { findImages } from '@/lib/cli/find-images';
import { checkImageSize, openModel } from '@/lib/cli/open-model';
import type { Output } from '@/lib/cli/output';
import type { PredictRequest } from '@/lib/cli/predict-words';
import { readImageFile } from '@/lib/cli/read-file';
import { createSaver, type SaveResult } from '@/lib/cli/save-results';
import { Fault } from '@/lib/core/fault';
import type { DialectContext } from '@/lib/engines/vision/dialects/dialect';
import { dialectTasks, refusedTask } from '@/lib/engines/vision/dialects/dialect-tasks';
import { serialiseDocument } from '@/lib/engines/vision/dialects/serialise-document';
import { baseName, modelNameOf } from '@/lib/engines/vision/exports/file-stems';
import type { PixelImage } from '@/lib/engines/vision/pixel-image';
import { createPredictor } from '@/lib/engines/vision/predictor';
import type { Thresholds, VisionResult } from '@/lib/engines/vision/vision-result';
import { decodeImageFile } from '@/lib/platform/images/sharp-decoder';
import { nodeSessionFactory } from '@/lib/platform/runtime/onnx-node-session';

type Surroundings = {
  readonly folder: string;
  readonly output: Output;
  readonly errors: Output;
};

type DecodingImage = {
  readonly index: number;
  readonly path: string;
  readonly settled: Promise<PromiseSettledResult<PixelImage>>;
};

type DecodedImage = { readonly index: number; readonly path: string; readonly pixels: PixelImage };

/**
 * Predicts every image of the source and writes a document for each, in order. An image that cannot be read gets a line on
 * `errors`, and the status is 1 after the others are done. What is wrong with the request or the model throws a `Fault`
 * before anything is written.
 */
export async function predict(request: PredictRequest, surroundings: Surroundings): Promise<number> {
  const { folder, output, errors } = surroundings;
  const images = await findImages(request.source, folder);
  const { bytes, facts, spec } = await openModel(request.model, folder, errors);
  checkImageSize(spec, request.imgsz);
  const { dialect } = request;
  if (!dialectTasks[dialect.name].includes(spec.task)) throw refusedTask(dialect.name, spec.task);
  const classes = request.classes === null ? null : parseClassFilter(request.classes, spec);
  const thresholds: Thresholds = { ...request.thresholds, classes };
  const save = request.saveFolder === null ? null : await createSaver(request.saveFolder, folder, images);

  const predictor = createPredictor(await nodeSessionFactory()(bytes, facts), spec);
  const modelName = modelNameOf(request.model);
  const perRun = spec.input.batch.kind === 'static' ? spec.input.batch.size : 1;
  let status = 0;
  try {
    // While the network runs, the images of the next run are decoded: in a folder that hides nearly all of their decoding.
    let next = decodeAll(images, 0, perRun, folder);
    for (let start = 0; start < images.length; start += perRun) {
      const decoded: DecodedImage[] = [];
      const decoding = next;
      next = decodeAll(images, start + perRun, perRun, folder);
      for (const { index, path, settled } of decoding) {
        const pixels = await orReported(path, surroundings, () => settled.then(orThrown));
        if (pixels === null) status = 1;
        else decoded.push({ index, path, pixels });
      }
      if (decoded.length === 0) continue;
      const predictions = await predictor.predict(
        decoded.map(({ pixels }) => pixels),
        { imgsz: request.imgsz, thresholds },
      );
      for (const [i, image] of decoded.entries()) {
        const { result } = predictions[i];
        const context: DialectContext = { imageName: baseName(image.path), modelName };
        await output.write(serialiseDocument(dialect.document(result, context)));
        const saved = await orReported(image.path, surroundings, () => saveWith(save, image, result));
        if (saved === null) status = 1;
      }
    }
  } finally {
    await predictor.dispose();
  }
  return status;
}

/** Starts decoding the images of one run. Failures are kept until their image's turn comes, so that all is told in order. */
function decodeAll(images: readonly string[], start: number, count: number, folder: string): DecodingImage[] {
  return images.slice(start, start + count).map((path, offset) => {
    const settled = Promise.allSettled([decodeImage(path, folder)]).then(([outcome]) => outcome);
    return { index: start + offset, path, settled };
  });
}

function orThrown(outcome: PromiseSettledResult<PixelImage>): PixelImage {
  if (outcome.status === 'rejected') throw outcome.reason;
  return outcome.value;
}

async function decodeImage(path: string, folder: string): Promise<PixelImage> {
  return decodeImageFile(await readImageFile(path, typedPath(path, folder)));
}

async function saveWith(
  save: SaveResult | null,
  { index, pixels }: DecodedImage,
  result: VisionResult,
): Promise<'saved'> {
  await save?.(index, pixels, result);
  return 'saved';
}

/** What `work` gives, or null after a line on `errors` when this one image is at fault. All else is thrown on. */
async function orReported<T>(
  path: string,
  { folder, errors }: Surroundings,
  work: () => Promise<T>,
): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    const isOfThisImage =
      error instanceof Fault && (error.code.startsWith('image-') || error.code === 'file-not-found');
    if (!isOfThisImage) throw error;
    await errors.writeLine(`sightline: ${typedPath(path, folder)}: ${error.message}`);
    return null;
  }
}

/** The path as a person in that folder would write it. */
function typedPath(path: string, folder: string): string {
  const short = relative(folder, path);
  return short.startsWith('..') ? path : short;
}
