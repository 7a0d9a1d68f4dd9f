import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { isCheckpointFile, withModelSource } from '@/lib/cli/checkpoint-file';
import { invalid } from '@/lib/cli/command-words';
import { metricsTable } from '@/lib/cli/metrics-table';
import type { Output } from '@/lib/cli/output';
import { printable } from '@/lib/cli/printable';
import { readModelFile } from '@/lib/cli/read-file';
import { tellProblems } from '@/lib/cli/tell-problems';
import type { ValRequest } from '@/lib/cli/val-words';
import { convertCheckpoint } from '@/lib/engines/architecture/convert-checkpoint';
import { bytesSource } from '@/lib/engines/model-files/byte-source';
import { openCheckpoint } from '@/lib/engines/model-files/checkpoint/open-checkpoint';
import { identifyModel } from '@/lib/engines/model-files/identify-model';
import type { ModelSpec } from '@/lib/engines/model-files/model-facts';
import { createValidationImages } from '@/lib/engines/training/batch/validation-batches';
import { readLabelledData, trainingTasks, validationSet } from '@/lib/engines/training/loop/training-data';
import { scoresDocument } from '@/lib/engines/training/validation/scores-document';
import { validateModel } from '@/lib/engines/training/validation/validate-model';
import type { ValidationSet } from '@/lib/engines/training/validation/validation-set';
import { diskFileTree, treePathOf } from '@/lib/platform/files/disk-file-tree';
import { nodeSessionFactory } from '@/lib/platform/runtime/onnx-node-session';
import { decodeFromTree } from '@/lib/platform/training/decode-from-tree';

type ValSurroundings = { readonly folder: string; readonly output: Output; readonly errors: Output };

/**
 * Measures a model on a data set and writes a table, or one JSON document. Images that cannot be read are told and left out. Throws
 * a `Fault` where nothing can be measured.
 */
export async function val(request: ValRequest, surroundings: ValSurroundings): Promise<number> {
  const { folder, output, errors } = surroundings;
  const bytes = await onnxBytes(request, folder);
  const { facts, readings } = await identifyModel(bytesSource(bytes));
  const [{ spec }] = readings;
  const { imgsz, batch } = runOf(spec, request);
  const validation = await readSplit(request, spec, surroundings);
  const session = await nodeSessionFactory({ threads: request.threads ?? availableParallelism() })(bytes, facts);
  try {
    const images = createValidationImages({
      task: validation.set.task,
      paths: validation.set.images.map(({ path }) => path),
      imgsz,
      batch,
      decode: decodeFromTree(diskFileTree),
      cacheBytes: 0,
      onProblem: ({ file, found }) =>
        void errors.writeLine(printable(`sightline: ${file}: ${found}`)).catch(() => undefined),
    });
    const scores = await validateModel({ ...validation, session, spec, images, batch, imgsz });
    const { names } = validation;
    if (request.json) await output.writeLine(JSON.stringify(scoresDocument(scores, names)));
    else await output.write(metricsTable(scores, names));
    return 0;
  } finally {
    await session.dispose();
  }
}

/** The model as ONNX: its file, or what a checkpoint is converted to for runs of that many images. */
async function onnxBytes({ model, imgsz, batch }: ValRequest, folder: string): Promise<Uint8Array> {
  const path = resolve(folder, model);
  const converted = await withModelSource(path, model, async (source) => {
    if (!(await isCheckpointFile(source, model))) return null;
    const { bytes } = await convertCheckpoint(await openCheckpoint(source), { imgsz: imgsz ?? undefined, batch });
    return bytes;
  });
  return converted ?? readModelFile(path, model);
}

/** Side and number of the images of one run. Throws a `Fault` for a size that the model does not run at. */
function runOf({ input, stride }: ModelSpec, request: ValRequest): { imgsz: number; batch: number } {
  const { kind, width, height } = input.size;
  const batch = input.batch.kind === 'static' ? input.batch.size : request.batch;
  if (kind === 'dynamic') {
    const wanted = request.imgsz ?? Math.max(width, height);
    return { imgsz: Math.ceil(wanted / stride) * stride, batch };
  }
  if (width !== height) {
    throw invalid(
      `This model runs at ${width} × ${height} pixels only, and images are measured on squares.`,
      'Export it at one size for both sides, or with dynamic=True.',
    );
  }
  if (request.imgsz !== null && Math.ceil(request.imgsz / stride) * stride !== width) {
    throw invalid(`This model runs at ${width} × ${width} pixels only, not at ${request.imgsz}.`, 'Leave imgsz out.');
  }
  return { imgsz: width, batch };
}

async function readSplit(
  { data, split }: ValRequest,
  spec: ModelSpec,
  { folder, errors }: ValSurroundings,
): Promise<ValidationSet> {
  const task = trainingTasks.find((known) => known === spec.task);
  if (task === undefined) {
    throw invalid(
      `Models for ${spec.task} are not measured here.`,
      'Give one for detect, segment, pose, obb or classify.',
    );
  }
  const read = await readLabelledData(diskFileTree, treePathOf(data, folder), { task, splits: [split] });
  await tellProblems(read, errors);
  return validationSet(read, split);
}
