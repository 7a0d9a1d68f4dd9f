import { bytesSource } from '@/lib/engines/model-files/byte-source';
import { identifyModel } from '@/lib/engines/model-files/identify-model';
import type { ModelScores } from '@/lib/engines/training/validation/model-scores';
import { type ValidationRun, validateModel } from '@/lib/engines/training/validation/validate-model';
import type { SessionFactory } from '@/lib/engines/vision/session';

/** Measures an ONNX file of one size and batch, in a session of its own. Rejects as `validateModel` and the factory do. */
export async function validateOnnx(
  bytes: Uint8Array,
  sessions: SessionFactory,
  run: Omit<ValidationRun, 'session' | 'spec'>,
): Promise<ModelScores> {
  const { facts, readings } = await identifyModel(bytesSource(bytes));
  const session = await sessions(bytes, facts);
  try {
    return await validateModel({ ...run, session, spec: readings[0].spec });
  } finally {
    await session.dispose();
  }
}
