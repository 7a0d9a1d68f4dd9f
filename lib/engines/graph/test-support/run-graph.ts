import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import type { Value } from '@/lib/engines/graph/value';
import { bytesSource } from '@/lib/engines/model-files/byte-source';
import { writeOnnx } from '@/lib/engines/model-files/onnx-writer';
import { readOnnxFacts } from '@/lib/engines/model-files/read-onnx-facts';
import type { HostTensor } from '@/lib/engines/vision/session';
import { nodeSessionFactory } from '@/lib/platform/runtime/onnx-node-session';

/** Newer versions of the format are fine for older operator sets. */
const irVersion = 8;

/** Runs a graph with these values as its outputs and gives what they come to. */
export async function runGraph(
  g: GraphBuilder,
  outputs: Readonly<Record<string, Value>>,
  feeds: Readonly<Record<string, HostTensor>> = {},
): Promise<Readonly<Record<string, HostTensor>>> {
  for (const [name, value] of Object.entries(outputs)) g.output(name, value);
  const model = writeOnnx({
    irVersion,
    opsets: { '': g.opset },
    producer: { name: 'test', version: '' },
    graph: g.finish(),
  });
  const session = await nodeSessionFactory({ threads: 1 })(model, await readOnnxFacts(bytesSource(model)));
  try {
    return await session.run(feeds);
  } finally {
    await session.dispose();
  }
}

/** A float32 tensor of these numbers. */
export function float32(dims: readonly number[], values: readonly number[]): HostTensor {
  return { type: 'float32', data: Float32Array.from(values), dims };
}
