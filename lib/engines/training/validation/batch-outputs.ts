import { Fault } from '@/lib/core/fault';
import { fromFloat16 } from '@/lib/engines/model-files/float16';
import type { ModelSpec } from '@/lib/engines/model-files/model-facts';
import type { ValidationBatch } from '@/lib/engines/training/batch/validation-batches';
import type { HeadOutput } from '@/lib/engines/vision/head-output';
import type { HostTensor } from '@/lib/engines/vision/session';

type ImageOutput = { readonly index: number; readonly output: HeadOutput };

/**
 * Each image's share of what a run answered, as views that are good until the next run. Throws a `Fault`
 * (`model-unreadable-output`) where an output is missing, is no float, or is not of that many images.
 */
export function batchOutputs(
  { head }: ModelSpec,
  answers: Readonly<Record<string, HostTensor>>,
  { items }: ValidationBatch,
  batch: number,
): ImageOutput[] {
  const main = sharesOf(answers, head.outputName, batch);
  const prototypes = head.prototypesName === null ? null : sharesOf(answers, head.prototypesName, batch);
  return items.map(({ index, placement }, slot) => ({
    index,
    output: { main: main(slot), prototypes: prototypes?.(slot) ?? null, placement },
  }));
}

type Share = { readonly data: Float32Array; readonly dims: readonly number[] };

function sharesOf(answers: Readonly<Record<string, HostTensor>>, name: string, batch: number): (slot: number) => Share {
  const tensor = answers[name];
  const data = tensor === undefined ? null : floatsOf(tensor);
  if (tensor === undefined || data === null || tensor.dims[0] !== batch) {
    const found = tensor === undefined ? 'nothing' : `${tensor.type} [${tensor.dims.join(', ')}]`;
    throw new Fault({
      code: 'model-unreadable-output',
      found: `The model was expected to answer floats of ${batch} image${batch === 1 ? '' : 's'} as “${name}”, and answered ${found}.`,
      remedy: 'Export the model again with a dynamic batch or a batch of 1.',
    });
  }
  const length = data.length / batch;
  return (slot) => ({ data: data.subarray(slot * length, (slot + 1) * length), dims: tensor.dims.slice(1) });
}

function floatsOf(tensor: HostTensor): Float32Array | null {
  if (tensor.type === 'float32') return tensor.data;
  return tensor.type === 'float16' ? fromFloat16(tensor.data) : null;
}
