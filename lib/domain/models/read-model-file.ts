import type { Services } from '@/lib/domain/context';
import { type Conversion, convertModelFile } from '@/lib/domain/models/convert-model-file';
import { onnxReading } from '@/lib/domain/models/onnx-reading';
import { withFileSource } from '@/lib/domain/models/with-file-source';
import { recogniseCheckpoint } from '@/lib/engines/model-files/recognise-checkpoint';
import type { StagedBytes } from '@/lib/platform/storage/storage';

/**
 * What a model file says about itself, and the ONNX made of it where it is a checkpoint. Here only the head and the table of the
 * file are looked at; all else is read in a process of its own, and nothing of it is executed. Throws a `Fault` that says what
 * was found when it is not a model.
 */
export async function readModelFile(services: Services, staged: StagedBytes): Promise<Conversion> {
  const container = await withFileSource(staged.path, recogniseCheckpoint);
  if (container !== null) return convertModelFile(services, staged);
  return { reading: onnxReading(await services.inference.inspect(staged.path)), onnx: null };
}
