import { resolve } from 'node:path';
import { isCheckpointFile, withModelSource } from '@/lib/cli/checkpoint-file';
import type { Output } from '@/lib/cli/output';
import { readModelFile } from '@/lib/cli/read-file';
import { Fault } from '@/lib/core/fault';
import { bytesSource } from '@/lib/engines/model-files/byte-source';
import { identifyModel } from '@/lib/engines/model-files/identify-model';
import type { ModelFacts, ModelSpec } from '@/lib/engines/model-files/model-facts';

export type OpenedModel = {
  readonly bytes: Uint8Array;
  readonly facts: ModelFacts;
  readonly spec: ModelSpec;
};

/**
 * Reads a model file and decides how its outputs are read. Where several readings are possible the likeliest is taken and
 * `errors` gets a line that says so. Throws the `Fault`s of reading and identifying.
 */
export async function openModel(model: string, folder: string, errors: Output): Promise<OpenedModel> {
  const bytes = await onnxBytes(resolve(folder, model), model);
  const { facts, readings } = await identifyModel(bytesSource(bytes));
  const [{ spec, label, reason }, ...others] = readings;
  if (others.length > 0) {
    const alternatives = others.map((reading) => `“${reading.label}”`).join(', ');
    await errors.writeLine(
      `sightline: The model does not say how its output is to be read; taken as “${label}” (${reason}), also possible: ${alternatives}.`,
    );
  }
  return { bytes, facts, spec };
}

/** The model as ONNX: its file, or what a checkpoint is converted to. */
async function onnxBytes(path: string, name: string): Promise<Uint8Array> {
  const converted = await withModelSource(path, name, async (source) => {
    if (!(await isCheckpointFile(source, name))) return null;
    // ONNX files need none of the converter, which is a large part of the program.
    const { convertToRun } = await import('@/lib/engines/architecture/convert-to-run');
    return convertToRun(source);
  });
  return converted ?? readModelFile(path, name);
}

/** Refuses another size than the only one a static model runs at. Throws a `Fault` (`input-invalid`). */
export function checkImageSize({ input }: ModelSpec, imgsz: number | null): void {
  const { kind, width, height } = input.size;
  if (imgsz === null || kind === 'dynamic' || imgsz === Math.max(width, height)) return;
  throw new Fault({
    code: 'input-invalid',
    found: `--imgsz asks for ${imgsz}, but this model runs at ${width} × ${height} pixels only: it was exported with a static input.`,
    remedy: `Leave --imgsz out, or export the model with dynamic=True or imgsz=${imgsz}.`,
  });
}
