import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { writeOnnx } from '@/lib/engines/model-files/onnx-writer';

/** The version of the format that the operator sets of training graphs are of. */
const irVersion = 8;

/** A finished graph as the bytes of an ONNX file, for a runtime to load; nobody keeps it. */
export function graphBytes(graph: GraphBuilder): Uint8Array {
  return writeOnnx({
    irVersion,
    opsets: graph.operatorSets(),
    producer: { name: 'sightline', version: 'training' },
    graph: graph.finish(),
  });
}
