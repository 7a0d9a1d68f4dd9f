import { bytesSource } from '@/lib/engines/model-files/byte-source';
import { ProtobufError } from '@/lib/engines/model-files/protobuf-reader';
import { type GraphListing, readGraphNodes } from '@/lib/engines/model-files/read-graph-nodes';

/** Operators between a stored weight and the convolution that uses it. */
const passing = new Set(['Cast', 'DequantizeLinear', 'Identity']);

/** Operators that stand between the two in files of exporters. */
const longestWay = 4;

/**
 * How the runtime should lay maps out on WebGPU. Channels last is what it does best, but its convolutions (1.30) then answer
 * wrongly where they read 6, 9, 15, 18… channels: multiples of three, beyond three, that are no multiples of four. Models with
 * such a convolution, and graphs that compute their weights, as those of training do, are laid out channels first.
 */
export async function webgpuLayout(model: Uint8Array): Promise<'NCHW' | 'NHWC'> {
  const listing = await listed(model);
  return listing === null || listing.nodes.some((node) => isMisread(node, listing)) ? 'NCHW' : 'NHWC';
}

async function listed(model: Uint8Array): Promise<GraphListing | null> {
  try {
    return await readGraphNodes(bytesSource(model));
  } catch (error) {
    if (error instanceof ProtobufError) return null;
    throw error;
  }
}

function isMisread({ operator, inputs }: GraphListing['nodes'][number], listing: GraphListing): boolean {
  if (operator !== 'Conv') return false;
  const dims = weightDims(inputs[1] ?? '', listing);
  if (dims === null) return true;
  const [, channels = 0, ...kernel] = dims;
  return channels > 3 && channels % 3 === 0 && channels % 4 !== 0 && kernel.some((side) => side > 1);
}

/** Shape of a weight that is stored; null for one that is computed. A file may lead in circles: the way is short. */
function weightDims(name: string, { nodes, constants }: GraphListing): readonly number[] | null {
  let current = name;
  for (let step = 0; step < longestWay; step++) {
    const stored = constants.get(current);
    if (stored) return stored.dims;
    const producer = nodes.find(({ operator, outputs }) => passing.has(operator) && outputs[0] === current);
    if (!producer) return null;
    current = producer.inputs[0] ?? '';
  }
  return null;
}
