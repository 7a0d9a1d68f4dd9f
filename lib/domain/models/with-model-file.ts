import { type DomainError, invalidInput } from '@/lib/core/errors';
import { type HeldBlob, holdBlob, letGoBlob } from '@/lib/domain/blobs/hold-blob';
import type { Context } from '@/lib/domain/context';
import { modelFileName } from '@/lib/domain/models/model-file-name';
import { readModelFile } from '@/lib/domain/models/read-model-file';
import type { ReceivedFile } from '@/lib/domain/models/receive-model-file';
import type { FileReading } from '@/lib/domain/models/schema';
import { stageUpload } from '@/lib/domain/uploads/stage-upload';
import type { StagedBytes } from '@/lib/platform/storage/storage';

/** Where the file of a model comes from: exactly one of the two must be there. */
export type ModelFileSource = { readonly file: ReceivedFile | null; readonly uploadId: string | undefined };

export type ModelFile = {
  readonly reading: FileReading;
  readonly fileName: string;
  /** What the sender called it. */
  readonly givenName: string;
  readonly origin: 'upload' | 'catalogue';
  readonly blob: HeldBlob;
  /** The ONNX that runs in its place, where it is a checkpoint that could be converted. */
  readonly converted: HeldBlob | null;
};

/**
 * Reads a model's file, puts it into storage and hands it to `attach`, which points a row at it. Whatever fails, nothing of the
 * file stays; an upload stays until `attach` is through, so that it can be tried again. Throws `VALIDATION_ERROR` unless
 * exactly one source is given, a `Fault` when it is not a model, and what `attach` throws.
 */
export async function withModelFile<T>(
  context: Context,
  { file, uploadId }: ModelFileSource,
  attach: (file: ModelFile) => Promise<T>,
): Promise<T> {
  if (file !== null && uploadId !== undefined) throw needsOneSource('found both');
  const received: ReceivedFile | null = file ?? (uploadId === undefined ? null : await stageUpload(context, uploadId));
  if (received === null) throw needsOneSource('found neither');
  try {
    const attached = await putAway(context, received, attach);
    if (uploadId !== undefined) await context.resumable.remove(uploadId);
    return attached;
  } finally {
    await received.staged.discard();
  }
}

async function putAway<T>(
  context: Context,
  { staged, fileName, origin = 'upload' }: ReceivedFile,
  attach: (file: ModelFile) => Promise<T>,
): Promise<T> {
  const { reading, onnx } = await readModelFile(context, staged);
  const held: HeldBlob[] = [];
  async function hold(bytes: StagedBytes): Promise<HeldBlob> {
    const blob = await holdBlob(context, bytes);
    held.push(blob);
    return blob;
  }
  try {
    const blob = await hold(staged);
    const converted = onnx === null ? null : await hold(onnx);
    const keptName = modelFileName(fileName, reading.metadata.format);
    return await attach({ reading, blob, converted, fileName: keptName, givenName: fileName, origin });
  } catch (error) {
    for (const blob of held) await letGoBlob(context, blob);
    throw error;
  } finally {
    await onnx?.discard();
  }
}

function needsOneSource(found: string): DomainError {
  return invalidInput([
    {
      path: 'file',
      message: `expected either a file (multipart/form-data) or the uploadId of a finished upload, ${found}`,
      expected: 'file or uploadId',
    },
  ]);
}
