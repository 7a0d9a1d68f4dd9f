import { assert, present } from '@/lib/core/assert';
import { bytesSource } from '@/lib/engines/model-files/byte-source';
import { readOnnxFacts } from '@/lib/engines/model-files/read-onnx-facts';
import type { HostTensor, SessionFactory, VisionSession } from '@/lib/engines/vision/session';

/** What a graph was given or answered, by name. */
export type Tensors = Readonly<Record<string, HostTensor>>;

/** Loads a graph that was made here. Rejects with the `Fault`s of the session factory. */
export async function loadGraph(sessions: SessionFactory, model: Uint8Array): Promise<VisionSession> {
  return await sessions(model, await readOnnxFacts(bytesSource(model)));
}

/** Flat vectors as inputs; graphs have none for a vector without elements. */
export function vectorFeeds(vectors: Iterable<readonly [string, Float32Array]>): Tensors {
  const feeds: Record<string, HostTensor> = {};
  for (const [name, data] of vectors) {
    if (data.length > 0) feeds[name] = { type: 'float32', data, dims: [data.length] };
  }
  return feeds;
}

/** Single numbers as inputs. */
export function numberFeeds(numbers: Iterable<readonly [string, number]>): Tensors {
  return Object.fromEntries(
    Array.from(numbers, ([name, number]): [string, HostTensor] => [
      name,
      { type: 'float32', data: Float32Array.of(number), dims: [] },
    ]),
  );
}

export function floatsOf(answers: Tensors, name: string): Float32Array {
  const tensor = present(answers[name], name);
  assert(tensor.type === 'float32', `${name} is float32`);
  return tensor.data;
}

export function numberOf(answers: Tensors, name: string): number {
  return present(floatsOf(answers, name)[0], name);
}
