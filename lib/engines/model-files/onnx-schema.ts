import type { ElementType } from '@/lib/engines/model-files/model-facts';

/**
 * Field numbers of the ONNX protobuf messages, as far as reading facts and writing graphs need them.
 * Source: onnx.proto3 of the ONNX specification (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3).
 */
export const onnxFields = {
  model: {
    irVersion: 1,
    producerName: 2,
    producerVersion: 3,
    domain: 4,
    modelVersion: 5,
    docString: 6,
    graph: 7,
    opsetImport: 8,
    metadataProps: 14,
    trainingInfo: 20,
    functions: 25,
  },
  operatorSet: { domain: 1, version: 2 },
  stringEntry: { key: 1, value: 2 },
  graph: {
    node: 1,
    name: 2,
    initializer: 5,
    docString: 10,
    input: 11,
    output: 12,
    valueInfo: 13,
    sparseInitializer: 15,
  },
  node: { input: 1, output: 2, name: 3, opType: 4, attribute: 5, domain: 7 },
  attribute: {
    name: 1,
    float: 2,
    int: 3,
    string: 4,
    tensor: 5,
    graph: 6,
    floats: 7,
    ints: 8,
    strings: 9,
    tensors: 10,
    graphs: 11,
    type: 20,
  },
  function: { node: 7 },
  tensor: {
    dims: 1,
    dataType: 2,
    floatData: 4,
    int32Data: 5,
    int64Data: 7,
    name: 8,
    rawData: 9,
    externalData: 13,
    dataLocation: 14,
  },
  sparseTensor: { values: 1 },
  valueInfo: { name: 1, type: 2 },
  type: { tensor: 1 },
  tensorType: { elementType: 1, shape: 2 },
  shape: { dimension: 1 },
  dimension: { value: 1, parameter: 2 },
} as const;

/** AttributeProto.AttributeType. */
export const attributeTypes = {
  float: 1,
  int: 2,
  string: 3,
  tensor: 4,
  graph: 5,
  floats: 6,
  ints: 7,
  strings: 8,
} as const;

/** TensorProto.DataLocation.EXTERNAL: the bytes are in another file. */
export const externalLocation = 1;

/** TensorProto.DataType by number, with the bits of one element; 0 bits where a count of bytes means nothing. */
const dataTypes: ReadonlyMap<number, { readonly elementType: ElementType; readonly bits: number }> = new Map([
  [1, { elementType: 'float32', bits: 32 }],
  [2, { elementType: 'uint8', bits: 8 }],
  [3, { elementType: 'int8', bits: 8 }],
  [4, { elementType: 'uint16', bits: 16 }],
  [5, { elementType: 'int16', bits: 16 }],
  [6, { elementType: 'int32', bits: 32 }],
  [7, { elementType: 'int64', bits: 64 }],
  [8, { elementType: 'string', bits: 0 }],
  [9, { elementType: 'bool', bits: 8 }],
  [10, { elementType: 'float16', bits: 16 }],
  [11, { elementType: 'float64', bits: 64 }],
  [12, { elementType: 'uint32', bits: 32 }],
  [13, { elementType: 'uint64', bits: 64 }],
  [16, { elementType: 'bfloat16', bits: 16 }],
]);

/** The element type of a TensorProto.DataType number; complex, 8-bit float and 4-bit types are `other`. */
export function elementTypeOf(dataType: number): ElementType {
  return dataTypes.get(dataType)?.elementType ?? 'other';
}

/** Bits of one element of the type, or 0 for strings and unknown types. */
export function elementBits(dataType: number): number {
  return dataTypes.get(dataType)?.bits ?? 0;
}

/** The TensorProto.DataType number of an element type; 0 (UNDEFINED) for `other`. */
export function dataTypeOf(elementType: ElementType): number {
  for (const [number, type] of dataTypes) if (type.elementType === elementType) return number;
  return 0;
}
