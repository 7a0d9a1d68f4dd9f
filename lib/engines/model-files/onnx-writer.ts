import { assert, unreachable } from '@/lib/core/assert';
import type { ElementType, TensorFacts } from '@/lib/engines/model-files/model-facts';
import {
  attributeTypes,
  dataTypeOf,
  elementBits,
  externalLocation,
  onnxFields,
} from '@/lib/engines/model-files/onnx-schema';
import { ProtobufWriter } from '@/lib/engines/model-files/protobuf-writer';

/** A constant of the graph. The bytes are little-endian elements in row-major order, as `raw_data` wants them. */
export type OnnxTensor = {
  readonly name: string;
  readonly elementType: ElementType;
  readonly dims: readonly number[];
  readonly data:
    | { readonly kind: 'raw'; readonly bytes: Uint8Array }
    /** The bytes come after the file is laid out: `placed` is handed their room in it, so that they are never held twice. */
    | { readonly kind: 'reserved'; readonly placed: (room: Uint8Array) => void }
    /** The bytes are in another file, beside the model. */
    | { readonly kind: 'external'; readonly file: string; readonly offset: number; readonly length: number };
};

export type OnnxAttribute =
  | { readonly kind: 'int'; readonly value: number | bigint }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'ints'; readonly values: readonly (number | bigint)[] }
  | { readonly kind: 'floats'; readonly values: readonly number[] }
  | { readonly kind: 'strings'; readonly values: readonly string[] }
  | { readonly kind: 'tensor'; readonly value: OnnxTensor }
  | { readonly kind: 'graph'; readonly value: OnnxGraph };

export type OnnxNode = {
  readonly opType: string;
  /** Empty or absent for the default operator set (ai.onnx). */
  readonly domain?: string;
  readonly name?: string;
  /** Names of values; an empty name leaves an optional input out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: Readonly<Record<string, OnnxAttribute>>;
};

export type OnnxGraph = {
  readonly name: string;
  /** In an order in which every value is made before it is used. */
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxTensor[];
  readonly inputs: readonly TensorFacts[];
  readonly outputs: readonly TensorFacts[];
};

export type OnnxModel = {
  readonly irVersion: number;
  /** Version of each operator set by its domain; '' is ai.onnx. */
  readonly opsets: Readonly<Record<string, number>>;
  readonly producer: { readonly name: string; readonly version: string };
  readonly graph: OnnxGraph;
  /** metadata_props, in this order. */
  readonly metadata?: Readonly<Record<string, string>>;
};

/** The bytes of an ONNX file (ModelProto). Throws where a tensor's bytes do not fill its dims: that is a bug of the caller. */
export function writeOnnx({ irVersion, opsets, producer, graph, metadata = {} }: OnnxModel): Uint8Array {
  const { model, operatorSet, stringEntry } = onnxFields;
  const writer = new ProtobufWriter()
    .varint(model.irVersion, irVersion)
    .text(model.producerName, producer.name)
    .text(model.producerVersion, producer.version)
    .message(model.graph, graphMessage(graph));
  for (const [domain, version] of Object.entries(opsets)) {
    const entry = new ProtobufWriter().text(operatorSet.domain, domain).varint(operatorSet.version, version);
    writer.message(model.opsetImport, entry);
  }
  for (const [key, value] of Object.entries(metadata)) {
    const entry = new ProtobufWriter().text(stringEntry.key, key).text(stringEntry.value, value);
    writer.message(model.metadataProps, entry);
  }
  return writer.finish();
}

/** A float32 constant. */
export function float32Tensor(name: string, dims: readonly number[], values: ArrayLike<number>): OnnxTensor {
  return numberTensor(name, 'float32', dims, values, (view, offset, value) => view.setFloat32(offset, value, true));
}

/** An int64 constant: shapes, axes, indices. */
export function int64Tensor(name: string, dims: readonly number[], values: ArrayLike<number>): OnnxTensor {
  return numberTensor(name, 'int64', dims, values, (view, offset, value) => {
    view.setBigInt64(offset, BigInt(value), true);
  });
}

function numberTensor(
  name: string,
  elementType: ElementType,
  dims: readonly number[],
  values: ArrayLike<number>,
  put: (view: DataView, offset: number, value: number) => void,
): OnnxTensor {
  const elementBytes = elementBits(dataTypeOf(elementType)) / 8;
  const view = new DataView(new ArrayBuffer(values.length * elementBytes));
  for (let index = 0; index < values.length; index += 1) put(view, index * elementBytes, values[index] ?? 0);
  return { name, elementType, dims, data: { kind: 'raw', bytes: new Uint8Array(view.buffer) } };
}

function graphMessage({ name, nodes, initializers, inputs, outputs }: OnnxGraph): ProtobufWriter {
  const { graph } = onnxFields;
  const writer = new ProtobufWriter();
  for (const node of nodes) writer.message(graph.node, nodeMessage(node));
  writer.text(graph.name, name);
  for (const tensor of initializers) writer.message(graph.initializer, tensorMessage(tensor));
  for (const input of inputs) writer.message(graph.input, valueInfoMessage(input));
  for (const output of outputs) writer.message(graph.output, valueInfoMessage(output));
  return writer;
}

function nodeMessage({ opType, domain = '', name = '', inputs, outputs, attributes = {} }: OnnxNode): ProtobufWriter {
  const { node } = onnxFields;
  const writer = new ProtobufWriter();
  for (const input of inputs) writer.text(node.input, input);
  for (const output of outputs) writer.text(node.output, output);
  if (name !== '') writer.text(node.name, name);
  writer.text(node.opType, opType);
  for (const [key, attribute] of Object.entries(attributes)) {
    writer.message(node.attribute, attributeMessage(key, attribute));
  }
  if (domain !== '') writer.text(node.domain, domain);
  return writer;
}

function attributeMessage(name: string, attribute: OnnxAttribute): ProtobufWriter {
  const fields = onnxFields.attribute;
  const writer = new ProtobufWriter().text(fields.name, name);
  switch (attribute.kind) {
    case 'int':
      writer.varint(fields.int, attribute.value);
      break;
    case 'float':
      writer.float32(fields.float, attribute.value);
      break;
    case 'string':
      writer.text(fields.string, attribute.value);
      break;
    case 'ints':
      writer.packedVarints(fields.ints, attribute.values);
      break;
    case 'floats':
      writer.packedFloats(fields.floats, attribute.values);
      break;
    case 'strings':
      for (const value of attribute.values) writer.text(fields.strings, value);
      break;
    case 'tensor':
      writer.message(fields.tensor, tensorMessage(attribute.value));
      break;
    case 'graph':
      writer.message(fields.graph, graphMessage(attribute.value));
      break;
    default:
      return unreachable(attribute);
  }
  return writer.varint(fields.type, attributeTypes[attribute.kind]);
}

function tensorMessage({ name, elementType, dims, data }: OnnxTensor): ProtobufWriter {
  const { tensor, stringEntry } = onnxFields;
  const dataType = dataTypeOf(elementType);
  assert(elementBits(dataType) > 0, `raw bytes of tensor ${name}: ${elementType} has no fixed size`);
  const writer = new ProtobufWriter()
    .packedVarints(tensor.dims, dims)
    .varint(tensor.dataType, dataType)
    .text(tensor.name, name);
  const expected = (dims.reduce((product, length) => product * length, 1) * elementBits(dataType)) / 8;
  if (data.kind === 'reserved') return writer.reserved(tensor.rawData, expected, data.placed);
  if (data.kind === 'raw') {
    assert(data.bytes.byteLength === expected, `tensor ${name} needs ${expected} bytes, got ${data.bytes.byteLength}`);
    return writer.bytes(tensor.rawData, data.bytes);
  }
  const location = { location: data.file, offset: String(data.offset), length: String(data.length) };
  for (const [key, value] of Object.entries(location)) {
    writer.message(tensor.externalData, new ProtobufWriter().text(stringEntry.key, key).text(stringEntry.value, value));
  }
  return writer.varint(tensor.dataLocation, externalLocation);
}

function valueInfoMessage({ name, elementType, shape }: TensorFacts): ProtobufWriter {
  const { valueInfo, type, tensorType, shape: shapeFields, dimension } = onnxFields;
  const dimensions = new ProtobufWriter();
  for (const length of shape) {
    const entry = new ProtobufWriter();
    if (typeof length === 'number') entry.varint(dimension.value, length);
    if (typeof length === 'string') entry.text(dimension.parameter, length);
    dimensions.message(shapeFields.dimension, entry);
  }
  const tensor = new ProtobufWriter()
    .varint(tensorType.elementType, dataTypeOf(elementType))
    .message(tensorType.shape, dimensions);
  return new ProtobufWriter()
    .text(valueInfo.name, name)
    .message(valueInfo.type, new ProtobufWriter().message(type.tensor, tensor));
}
