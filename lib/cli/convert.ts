import { rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { withModelSource } from '@/lib/cli/checkpoint-file';
import { invalid } from '@/lib/cli/command-words';
import type { ConvertRequest } from '@/lib/cli/convert-words';
import type { Output } from '@/lib/cli/output';
import { Fault } from '@/lib/core/fault';
import { convertCheckpoint } from '@/lib/engines/architecture/convert-checkpoint';
import { bytesSource } from '@/lib/engines/model-files/byte-source';
import type { Checkpoint } from '@/lib/engines/model-files/checkpoint/checkpoint';
import { openCheckpoint } from '@/lib/engines/model-files/checkpoint/open-checkpoint';
import { identifyModel } from '@/lib/engines/model-files/identify-model';
import { stateDict, writeSafetensors } from '@/lib/engines/model-files/safetensors-writer';

/**
 * Writes a checkpoint as an ONNX file, or its weights as safetensors where the target's name ends so, and tells what it wrote in
 * one line. A file of that name is replaced only once the new one is whole. Throws a `Fault`.
 */
export async function convert(request: ConvertRequest, folder: string, output: Output): Promise<number> {
  const started = performance.now();
  const source = resolve(folder, request.model);
  const target = resolve(folder, request.target ?? `${request.model.replace(/\.[^./\\]*$/, '')}.onnx`);
  if (source === target) throw invalid('The target is the model itself.', 'Give another name for the file to write.');
  const write = writerFor(target, request);
  const { bytes, what } = await withModelSource(source, request.model, async (file) =>
    write(await openCheckpoint(file)),
  );
  await replaceFile(target, bytes);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  await output.writeLine(`${target}: ${what}, ${(bytes.length / 1e6).toFixed(1)} MB, ${seconds} s`);
  return 0;
}

type Written = { readonly bytes: Uint8Array; readonly what: string };

function writerFor(target: string, { options, typed }: ConvertRequest): (checkpoint: Checkpoint) => Promise<Written> {
  if (/\.onnx$/i.test(target)) {
    return async (checkpoint) => {
      const { bytes } = await convertCheckpoint(checkpoint, options);
      const { readings } = await identifyModel(bytesSource(bytes));
      return { bytes, what: readings[0].label };
    };
  }
  if (!/\.safetensors$/i.test(target)) {
    throw invalid(
      `“${basename(target)}” has an unknown ending.`,
      'Name the file to write .onnx for a model, or .safetensors for its weights.',
    );
  }
  if (typed.length > 0) {
    throw invalid(
      `${typed.join(', ')}: safetensors hold weights and no graph.`,
      'Leave these options out, or write .onnx.',
    );
  }
  return async (checkpoint) => {
    const tensors = stateDict(checkpoint);
    return { bytes: await writeSafetensors(tensors, { format: 'pt' }), what: `${tensors.size} tensors` };
  };
}

/** Throws a `Fault` (`file-not-found`) where the folder cannot be written to. */
async function replaceFile(target: string, bytes: Uint8Array): Promise<void> {
  const unfinished = join(dirname(target), `.${basename(target)}.${process.pid}.part`);
  try {
    await writeFile(unfinished, bytes);
    await rename(unfinished, target);
  } catch (cause) {
    await rm(unfinished, { force: true });
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw new Fault(
      {
        code: 'file-not-found',
        found: `“${target}” cannot be written (${code}).`,
        remedy: 'Check that the folder exists, that it may be written to and that the disk has room.',
      },
      { cause },
    );
  }
}
