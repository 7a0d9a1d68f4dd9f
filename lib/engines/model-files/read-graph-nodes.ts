import type { ByteSource } from '@/lib/engines/model-files/byte-source';
import type { ElementType } from '@/lib/engines/model-files/model-facts';
import { elementTypeOf, onnxFields } from '@/lib/engines/model-files/onnx-schema';
import { type ByteRange, type ProtobufField, ProtobufReader } from '@/lib/engines/model-files/protobuf-reader';

/** A constant: its shape, and its values where they are few enough to be a shape, a list of axes or scales. */
type GraphConstant = {
  readonly elementType: ElementType;
  readonly dims: readonly number[];
  readonly values: readonly number[] | null;
};

export type AttributeValue = number | string | readonly number[] | GraphConstant;

export type GraphNode = {
  /** Those outside ai.onnx are written `domain.Operator`. */
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, AttributeValue>;
};

export type GraphListing = {
  readonly nodes: readonly GraphNode[];
  readonly constants: ReadonlyMap<string, GraphConstant>;
};

const maxNameBytes = 16_384;
const maxRank = 64;

/** Shapes and scales have a few elements, split lengths a dozen. */
const maxValues = 256;

/** The largest YOLO graphs have some 2 000 nodes; each one costs memory here. */
const maxNodes = 50_000;
const maxConstants = 50_000;

/**
 * Lists the nodes and constants of the main graph of an ONNX file. Graphs inside attributes are left out. Null when the graph
 * is larger than any network for vision. Throws `ProtobufError` where the bytes are no message.
 */
export async function readGraphNodes(source: ByteSource): Promise<GraphListing | null> {
  const reader = new ProtobufReader(source);
  const nodes: GraphNode[] = [];
  const constants = new Map<string, GraphConstant>();
  let isTooLarge = false;
  await reader.visitMessage(reader.whole, 0, async (model) => {
    if (model.wire !== 'bytes' || model.number !== onnxFields.model.graph) return;
    await reader.visitMessage(model.range, 1, async (field) => {
      if (field.wire !== 'bytes' || isTooLarge) return;
      if (field.number === onnxFields.graph.node) {
        const node = await readNode(reader, field.range);
        nodes.push(node);
        const value = node.operator === 'Constant' ? node.attributes.get('value') : undefined;
        if (typeof value === 'object' && 'dims' in value) constants.set(node.outputs[0] ?? '', value);
      }
      if (field.number === onnxFields.graph.initializer) {
        const { name, constant } = await readTensor(reader, field.range, 2);
        constants.set(name, constant);
      }
      isTooLarge = nodes.length > maxNodes || constants.size > maxConstants;
    });
  });
  return isTooLarge ? null : { nodes, constants };
}

async function readNode(reader: ProtobufReader, range: ByteRange): Promise<GraphNode> {
  const fields = onnxFields.node;
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes = new Map<string, AttributeValue>();
  let operator = '';
  let domain = '';
  await reader.visitMessage(range, 2, async (field) => {
    if (field.wire !== 'bytes') return;
    if (field.number === fields.attribute) return readAttribute(reader, field.range, attributes);
    const isName = [fields.input, fields.output, fields.opType, fields.domain].some(
      (number) => number === field.number,
    );
    if (!isName) return;
    const name = await reader.text(field.range, maxNameBytes);
    if (field.number === fields.input) inputs.push(name);
    if (field.number === fields.output) outputs.push(name);
    if (field.number === fields.opType) operator = name;
    if (field.number === fields.domain) domain = name;
  });
  const isStandard = domain === '' || domain === 'ai.onnx';
  return { operator: isStandard ? operator : `${domain}.${operator}`, inputs, outputs, attributes };
}

async function readAttribute(
  reader: ProtobufReader,
  range: ByteRange,
  attributes: Map<string, AttributeValue>,
): Promise<void> {
  const fields = onnxFields.attribute;
  const numbers: number[] = [];
  let name = '';
  let value: AttributeValue | null = null;
  await reader.visitMessage(range, 3, async (field) => {
    if (field.number === fields.ints) await readVarints(reader, field, numbers);
    if (field.wire === 'varint' && field.number === fields.int) value = field.value;
    if (field.wire !== 'bytes') return;
    if (field.number === fields.name) name = await reader.text(field.range, maxNameBytes);
    if (field.number === fields.string) value = await reader.text(field.range, maxNameBytes);
    if (field.number === fields.tensor) value = (await readTensor(reader, field.range, 4)).constant;
  });
  attributes.set(name, value ?? numbers);
}

async function readTensor(
  reader: ProtobufReader,
  range: ByteRange,
  depth: number,
): Promise<{ name: string; constant: GraphConstant }> {
  const fields = onnxFields.tensor;
  const dims: number[] = [];
  const integers: number[] = [];
  let name = '';
  let dataType = 0;
  let raw: ByteRange | null = null;
  let floats: ByteRange | null = null;
  await reader.visitMessage(range, depth, async (field) => {
    if (field.number === fields.dims) await readVarints(reader, field, dims);
    if (field.number === fields.int64Data || field.number === fields.int32Data) {
      if (field.wire === 'varint' || rangeLength(field) <= maxValues * 10) await readVarints(reader, field, integers);
    }
    if (field.wire === 'varint' && field.number === fields.dataType) dataType = field.value;
    if (field.wire !== 'bytes') return;
    if (field.number === fields.name) name = await reader.text(field.range, maxNameBytes);
    if (field.number === fields.rawData) raw = field.range;
    if (field.number === fields.floatData) floats = field.range;
  });
  const elementType = elementTypeOf(dataType);
  const values = integers.length > 0 ? integers : await rawValues(reader, raw ?? floats, elementType);
  return { name, constant: { elementType, dims, values } };
}

/** `raw_data` is little-endian; so are packed floats. */
async function rawValues(
  reader: ProtobufReader,
  range: ByteRange | null,
  elementType: ElementType,
): Promise<readonly number[] | null> {
  const bytesEach = { int64: 8, int32: 4, float32: 4 }[elementType as string];
  if (range === null || bytesEach === undefined || range.end - range.start > maxValues * bytesEach) return null;
  const bytes = await reader.bytes(range, maxValues * bytesEach);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: Math.floor(bytes.byteLength / bytesEach) }, (_, index) => {
    if (elementType === 'int64') return Number(view.getBigInt64(index * 8, true));
    return elementType === 'int32' ? view.getInt32(index * 4, true) : view.getFloat32(index * 4, true);
  });
}

/** A repeated integer stands packed in proto3 files and one by one in proto2 ones. */
async function readVarints(reader: ProtobufReader, field: ProtobufField, into: number[]): Promise<void> {
  if (into.length > maxValues) return;
  if (field.wire === 'varint') into.push(field.value);
  if (field.wire === 'bytes') into.push(...(await reader.packedVarints(field.range, maxValues + maxRank)));
}

function rangeLength(field: ProtobufField): number {
  return field.wire === 'varint' ? 0 : field.range.end - field.range.start;
}
