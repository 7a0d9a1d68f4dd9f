import type { Dimension, ElementType, TensorFacts } from '@/lib/engines/model-files/model-facts';
import { elementBits, elementTypeOf, externalLocation, onnxFields } from '@/lib/engines/model-files/onnx-schema';
import {
  type ByteRange,
  ProtobufError,
  type ProtobufField,
  type ProtobufReader,
} from '@/lib/engines/model-files/protobuf-reader';

/** Names in real graphs are module paths of at most a few hundred bytes. */
const maxNameBytes = 16_384;

/** No tensor of a network has more axes. */
const maxRank = 64;

/** More than any graph has; each costs memory, so a hostile file must not choose their number. */
const maxInterfaceTensors = 4_096;
const maxInitializers = 500_000;

/** What a walk over the graph collects. Sizes saturate at 2^53 − 1: dims are only claims of the file. */
export type GraphFacts = {
  readonly inputs: TensorFacts[];
  readonly outputs: TensorFacts[];
  readonly operators: Set<string>;
  readonly initializers: Set<string>;
  /** Bits of initializers per element type. */
  readonly weightBits: Map<ElementType, number>;
  parameterCount: number;
  readonly externalFiles: Set<string>;
  externalTensors: number;
};

/** Weights: what training changes. Shapes, indices and flags (int64, int32, bool, string) are not. */
const parameterTypes: ReadonlySet<ElementType> = new Set([
  'float32',
  'float16',
  'bfloat16',
  'float64',
  'int8',
  'uint8',
  'other',
]);

/**
 * Walks one GraphProto and collects its facts into `facts`; the graphs inside its nodes' attributes add their operators and
 * weights, not their inputs. Nothing of the weights is read. Throws `ProtobufError`.
 */
export async function walkGraph(
  reader: ProtobufReader,
  range: ByteRange,
  depth: number,
  facts: GraphFacts,
  isMain = true,
): Promise<void> {
  const { graph } = onnxFields;
  await reader.visitMessage(range, depth, (field) => {
    if (field.wire !== 'bytes') return;
    switch (field.number) {
      case graph.node:
        return walkNode(reader, field.range, depth + 1, facts);
      case graph.initializer:
        return walkTensor(reader, field.range, depth + 1, facts, isMain);
      case graph.sparseInitializer:
        return walkSparse(reader, field.range, depth + 1, facts, isMain);
      case graph.input:
        return isMain ? readInterface(reader, field.range, depth + 1, facts.inputs) : undefined;
      case graph.output:
        return isMain ? readInterface(reader, field.range, depth + 1, facts.outputs) : undefined;
    }
  });
}

/** Adds the operator of a NodeProto, and what the graphs and tensors in its attributes hold. */
export async function walkNode(
  reader: ProtobufReader,
  range: ByteRange,
  depth: number,
  facts: GraphFacts,
): Promise<void> {
  const { node, attribute } = onnxFields;
  let operator = '';
  let domain = '';
  await reader.visitMessage(range, depth, async (field) => {
    if (field.wire !== 'bytes') return;
    if (field.number === node.opType) operator = await reader.text(field.range, maxNameBytes);
    if (field.number === node.domain) domain = await reader.text(field.range, maxNameBytes);
    if (field.number !== node.attribute) return;
    await reader.visitMessage(field.range, depth + 1, (inner) => {
      if (inner.wire !== 'bytes') return;
      const isGraph = inner.number === attribute.graph || inner.number === attribute.graphs;
      if (isGraph) return walkGraph(reader, inner.range, depth + 2, facts, false);
      const isTensor = inner.number === attribute.tensor || inner.number === attribute.tensors;
      if (isTensor) return walkTensor(reader, inner.range, depth + 2, facts, false, false);
    });
  });
  facts.operators.add(domain === '' || domain === 'ai.onnx' ? operator : `${domain}.${operator}`);
}

async function walkSparse(
  reader: ProtobufReader,
  range: ByteRange,
  depth: number,
  facts: GraphFacts,
  isMain: boolean,
): Promise<void> {
  await reader.visitMessage(range, depth, (field) => {
    if (field.wire !== 'bytes' || field.number !== onnxFields.sparseTensor.values) return;
    return walkTensor(reader, field.range, depth + 1, facts, isMain);
  });
}

/** Counts a TensorProto's elements from its dims and notes where its bytes are; the bytes themselves are stepped over. */
async function walkTensor(
  reader: ProtobufReader,
  range: ByteRange,
  depth: number,
  facts: GraphFacts,
  isMain: boolean,
  isWeight = true,
): Promise<void> {
  const { tensor } = onnxFields;
  const dims: number[] = [];
  let dataType = 0;
  let isExternal = false;
  const files: string[] = [];
  await reader.visitMessage(range, depth, async (field) => {
    if (field.number === tensor.dims) await readDims(reader, field, dims);
    if (field.wire === 'varint' && field.number === tensor.dataType) dataType = field.value;
    if (field.wire === 'varint' && field.number === tensor.dataLocation) isExternal = field.value === externalLocation;
    if (field.wire !== 'bytes') return;
    if (field.number === tensor.name && isMain) {
      if (facts.initializers.size >= maxInitializers) throw tooMany(field.range, maxInitializers, 'weight tensors');
      facts.initializers.add(await reader.text(field.range, maxNameBytes));
    }
    if (field.number === tensor.externalData) {
      const entry = await readStringEntry(reader, field.range, depth + 1, maxNameBytes);
      if (entry.key === 'location') files.push(entry.value);
    }
  });
  if (isExternal) {
    facts.externalTensors += 1;
    for (const file of files) if (facts.externalFiles.size < maxInterfaceTensors) facts.externalFiles.add(file);
  }
  if (!isWeight) return;
  const elements = dims.reduce((product, length) => saturated(product * Math.max(0, length)), 1);
  const elementType = elementTypeOf(dataType);
  const bits = saturated((facts.weightBits.get(elementType) ?? 0) + elements * elementBits(dataType));
  facts.weightBits.set(elementType, bits);
  if (parameterTypes.has(elementType)) facts.parameterCount = saturated(facts.parameterCount + elements);
}

/** A StringStringEntryProto. */
export async function readStringEntry(
  reader: ProtobufReader,
  range: ByteRange,
  depth: number,
  maxBytes: number,
): Promise<{ key: string; value: string }> {
  const entry = { key: '', value: '' };
  await reader.visitMessage(range, depth, async (field) => {
    if (field.wire !== 'bytes') return;
    if (field.number === onnxFields.stringEntry.key) entry.key = await reader.text(field.range, maxNameBytes);
    if (field.number === onnxFields.stringEntry.value) entry.value = await reader.text(field.range, maxBytes);
  });
  return entry;
}

/** A ValueInfoProto of a tensor; other kinds (sequences, maps, optionals) keep the element type `other`. */
async function readInterface(
  reader: ProtobufReader,
  range: ByteRange,
  depth: number,
  tensors: TensorFacts[],
): Promise<void> {
  if (tensors.length >= maxInterfaceTensors) throw tooMany(range, maxInterfaceTensors, 'inputs or outputs');
  let name = '';
  let elementType: ElementType = 'other';
  const shape: Dimension[] = [];
  const { valueInfo, type, tensorType, shape: shapeFields } = onnxFields;
  await reader.visitMessage(range, depth, async (field) => {
    if (field.wire !== 'bytes') return;
    if (field.number === valueInfo.name) name = await reader.text(field.range, maxNameBytes);
    if (field.number !== valueInfo.type) return;
    await visitNested(reader, field.range, depth + 1, type.tensor, (tensor) =>
      reader.visitMessage(tensor, depth + 2, (inner) => {
        if (inner.wire === 'varint' && inner.number === tensorType.elementType)
          elementType = elementTypeOf(inner.value);
        if (inner.wire !== 'bytes' || inner.number !== tensorType.shape) return;
        return visitNested(reader, inner.range, depth + 3, shapeFields.dimension, async (dimension) => {
          if (shape.length >= maxRank) throw tooMany(dimension, maxRank, 'axes');
          shape.push(await readDimension(reader, dimension, depth + 4));
        });
      }),
    );
  });
  tensors.push({ name, elementType, shape });
}

/** A length if the file fixes one; exporters also write −1 or nothing where they do not know. */
async function readDimension(reader: ProtobufReader, range: ByteRange, depth: number): Promise<Dimension> {
  let dimension: Dimension = '?';
  await reader.visitMessage(range, depth, async (field) => {
    const { value, parameter } = onnxFields.dimension;
    if (field.wire === 'varint' && field.number === value && field.value > 0) dimension = field.value;
    if (field.wire === 'bytes' && field.number === parameter) {
      dimension = (await reader.text(field.range, maxNameBytes)) || '?';
    }
  });
  return dimension;
}

async function visitNested(
  reader: ProtobufReader,
  range: ByteRange,
  depth: number,
  number: number,
  visit: (range: ByteRange) => Promise<void>,
): Promise<void> {
  await reader.visitMessage(range, depth, (field) =>
    field.wire === 'bytes' && field.number === number ? visit(field.range) : undefined,
  );
}

/** `repeated int64 dims` stands packed in proto3 files and one by one in proto2 ones. */
async function readDims(reader: ProtobufReader, field: ProtobufField, dims: number[]): Promise<void> {
  const values =
    field.wire === 'varint'
      ? [field.value]
      : field.wire === 'bytes'
        ? await reader.packedVarints(field.range, maxRank)
        : [];
  dims.push(...values);
  if (dims.length > maxRank) throw new ProtobufError('too-large', 0, `a tensor has more than ${maxRank} axes`);
}

function tooMany(range: ByteRange, limit: number, what: string): ProtobufError {
  return new ProtobufError('too-large', range.start, `the graph has more than ${limit} ${what}`);
}

function saturated(count: number): number {
  return Math.min(count, Number.MAX_SAFE_INTEGER);
}
