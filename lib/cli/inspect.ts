import { resolve } from 'node:path';
import { withModelSource } from '@/lib/cli/checkpoint-file';
import { describeModelFile } from '@/lib/cli/describe-model-file';
import type { Output } from '@/lib/cli/output';
import type { InspectRequest } from '@/lib/cli/parse-arguments';
import { inspectModelFile } from '@/lib/engines/model-files/inspect-model-file';

/**
 * Tells what a model file is without running any of it: as text, or as one line of JSON. The status is 1 for a checkpoint that is
 * refused. Throws the `Fault`s of reading a file that is neither ONNX nor a checkpoint.
 */
export async function inspect({ file, json }: InspectRequest, folder: string, output: Output): Promise<number> {
  const report = await withModelSource(resolve(folder, file), file, inspectModelFile);
  await output.write(json ? `${JSON.stringify(report)}\n` : describeModelFile(file, report));
  return report.kind === 'checkpoint' && report.refusal !== null ? 1 : 0;
}
