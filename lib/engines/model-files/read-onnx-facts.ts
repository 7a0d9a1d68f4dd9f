import { Fault } from '@/lib/core/fault';
import type { ByteSource } from '@/lib/engines/model-files/byte-source';
import { foreignHeadBytes, recogniseForeignFile } from '@/lib/engines/model-files/foreign-file';
import type { ElementType, ModelFacts, Precision } from '@/lib/engines/model-files/model-facts';
import { type GraphFacts, readStringEntry, walkGraph, walkNode } from '@/lib/engines/model-files/onnx-graph-walker';
import { onnxFields } from '@/lib/engines/model-files/onnx-schema';
import {
  type ByteRange,
  ProtobufError,
  type ProtobufField,
  ProtobufReader,
} from '@/lib/engines/model-files/protobuf-reader';
import { parseYoloMetadata } from '@/lib/engines/model-files/yolo-metadata';

/** A protobuf message cannot be larger (its sizes are signed 32-bit), so no single-file ONNX model is. */
const maxModelBytes = 2_147_483_647;

/** Names of producers are a word or two; a longer field 2 belongs to another protobuf format (TensorFlow, Core ML). */
const maxProducerBytes = 1_024;

/** 20 000 class names are about half a megabyte. */
const maxPropertyBytes = 4_194_304;
const maxProperties = 4_096;

/** ir_version has grown from 1 to 13 in ten years; larger numbers are another format's. */
const largestIrVersion = 100;

/** How many file names a sentence can hold. */
const filesNamed = 3;

const reexport = 'Copy or download the file again, or export the model again.';

/** Operators that only quantised graphs have, in ai.onnx and com.microsoft alike. */
const quantisedOperator = /Quantize|^QLinear|\.QLinear|ConvInteger|MatMulInteger|\.QGemm|MatMulNBits/;

type ModelHeader = {
  irVersion: number | null;
  opset: number | null;
  hasOpsetImport: boolean;
  hasGraph: boolean;
  producer: string;
  properties: Map<string, string>;
};

/**
 * Reads what an ONNX file says about itself: interface, operators, size and precision of the weights, metadata. Weights are
 * stepped over, so a model of any size costs a few windows of bytes, and nothing of it is run.
 *
 * Rejects with a `Fault`: `model-not-onnx` (it says what the file looks like instead), `model-truncated` (cut off or damaged),
 * `model-external-data` (weights in other files, which are named), `model-too-large` (over 2 GiB or over a reader's limit).
 */
export async function readOnnxFacts(source: ByteSource): Promise<ModelFacts> {
  await refuseForeign(source);
  const header: ModelHeader = {
    irVersion: null,
    opset: null,
    hasOpsetImport: false,
    hasGraph: false,
    producer: '',
    properties: new Map(),
  };
  const graph: GraphFacts = {
    inputs: [],
    outputs: [],
    operators: new Set(),
    initializers: new Set(),
    weightBits: new Map(),
    parameterCount: 0,
    externalFiles: new Set(),
    externalTensors: 0,
  };
  try {
    await readModel(new ProtobufReader(source), header, graph);
  } catch (error) {
    if (error instanceof ProtobufError) throw faultOf(error, header, source.sizeBytes);
    throw error;
  }
  const irVersion = checkComplete(header, source.sizeBytes);
  if (graph.externalTensors > 0) throw externalDataFault(graph);
  const rawMetadata = Object.fromEntries(header.properties);
  return {
    sizeBytes: source.sizeBytes,
    irVersion,
    opset: header.opset ?? 0,
    producer: header.producer,
    inputs: graph.inputs.filter((input) => !graph.initializers.has(input.name)),
    outputs: graph.outputs,
    operators: [...graph.operators].sort(),
    parameterCount: graph.parameterCount,
    precision: precisionOf(graph),
    metadata: parseYoloMetadata(rawMetadata),
    rawMetadata,
  };
}

async function refuseForeign(source: ByteSource): Promise<void> {
  if (source.sizeBytes === 0) {
    throw new Fault({
      code: 'model-not-onnx',
      found: 'An ONNX model was expected, and the file is empty (0 bytes).',
      remedy: reexport,
    });
  }
  const foreign = recogniseForeignFile(await source.read(0, Math.min(foreignHeadBytes, source.sizeBytes)));
  if (foreign !== null) {
    throw new Fault({
      code: 'model-not-onnx',
      found: `An ONNX model was expected. This is ${foreign.kind}.`,
      remedy: foreign.remedy,
    });
  }
  if (source.sizeBytes <= maxModelBytes) return;
  throw new Fault({
    code: 'model-too-large',
    found: `The file has ${source.sizeBytes} bytes; a single-file ONNX model has at most ${maxModelBytes} (2 GiB, the limit of protobuf).`,
    remedy: 'Export a smaller model, or the same one in half precision.',
  });
}

async function readModel(reader: ProtobufReader, header: ModelHeader, graph: GraphFacts): Promise<void> {
  const { model, function: functionFields } = onnxFields;
  await reader.visitMessage(reader.whole, 0, async (field) => {
    if (field.number === model.irVersion) header.irVersion = readIrVersion(field);
    if (header.irVersion === null)
      throw new ProtobufError('malformed', 0, 'the file does not begin with its IR version');
    if (field.wire !== 'bytes') return;
    switch (field.number) {
      case model.producerName:
        header.producer = joinProducer(await reader.text(field.range, maxProducerBytes), header.producer);
        return;
      case model.producerVersion:
        header.producer = joinProducer(header.producer, await reader.text(field.range, maxProducerBytes));
        return;
      case model.graph:
        header.hasGraph = true;
        return walkGraph(reader, field.range, 1, graph);
      case model.opsetImport:
        return readOpset(reader, field.range, header);
      case model.metadataProps:
        return readProperty(reader, field.range, header);
      case model.functions:
        return reader.visitMessage(field.range, 1, (inner) =>
          inner.wire === 'bytes' && inner.number === functionFields.node
            ? walkNode(reader, inner.range, 2, graph)
            : undefined,
        );
    }
  });
}

function readIrVersion(field: ProtobufField): number {
  const isPlausible = field.wire === 'varint' && field.value >= 1 && field.value <= largestIrVersion;
  if (!isPlausible) throw new ProtobufError('malformed', 0, 'the IR version is not one of ONNX');
  return field.value;
}

function joinProducer(name: string, version: string): string {
  return [name, version].filter((part) => part !== '').join(' ');
}

async function readOpset(reader: ProtobufReader, range: ByteRange, header: ModelHeader): Promise<void> {
  let domain = '';
  let version = 0;
  await reader.visitMessage(range, 1, async (field) => {
    if (field.wire === 'varint' && field.number === onnxFields.operatorSet.version) version = field.value;
    if (field.wire === 'bytes' && field.number === onnxFields.operatorSet.domain) {
      domain = await reader.text(field.range, maxProducerBytes);
    }
  });
  header.hasOpsetImport = true;
  if (domain === '' || domain === 'ai.onnx') header.opset = version;
}

async function readProperty(reader: ProtobufReader, range: ByteRange, header: ModelHeader): Promise<void> {
  if (header.properties.size >= maxProperties) {
    throw new ProtobufError('too-large', range.start, `the file has more than ${maxProperties} metadata entries`);
  }
  const { key, value } = await readStringEntry(reader, range, 1, maxPropertyBytes);
  header.properties.set(key, value);
}

/** Quantised when the graph computes or stores so; else what most bytes of the weights are. */
function precisionOf(graph: GraphFacts): Precision {
  if ([...graph.operators].some((operator) => quantisedOperator.test(operator))) return 'int8';
  const candidates: readonly (readonly [Precision, ElementType])[] = [
    ['fp32', 'float32'],
    ['fp16', 'float16'],
    ['bf16', 'bfloat16'],
    ['fp64', 'float64'],
  ];
  const bits = (elementType: ElementType) => graph.weightBits.get(elementType) ?? 0;
  return candidates.reduce((best, next) => (bits(next[1]) > bits(best[1]) ? next : best))[0];
}

/** A file that ends between two fields is valid protobuf: only what it lacks tells that it was cut. Gives the IR version. */
function checkComplete(header: ModelHeader, sizeBytes: number): number {
  if (header.irVersion === null) throw notOnnx();
  if (!header.hasGraph) throw truncated(`It ends after ${sizeBytes} bytes, before its graph`);
  if (header.irVersion >= 3 && !header.hasOpsetImport) {
    throw truncated(`It ends after ${sizeBytes} bytes, before it names its operator set`);
  }
  return header.irVersion;
}

function faultOf(error: ProtobufError, header: ModelHeader, sizeBytes: number): Fault {
  const looksLikeOnnx = header.irVersion !== null && (header.hasGraph || header.producer !== '');
  if (error.defect === 'too-large' && looksLikeOnnx) {
    return new Fault(
      {
        code: 'model-too-large',
        found: `The ONNX file goes beyond what this program reads: ${error.message}.`,
        remedy: 'Export the model again; if it is genuine, simplify the graph (simplify=True).',
      },
      { cause: error },
    );
  }
  // A file cut inside its first fields has lost what would show it to be ONNX.
  if (error.defect === 'truncated' && header.irVersion !== null && (looksLikeOnnx || sizeBytes < maxProducerBytes)) {
    return truncated(`It ends after ${sizeBytes} bytes, in the middle of a value (${error.message})`, error);
  }
  if (looksLikeOnnx) return truncated(`It is damaged: ${error.message}`, error);
  return notOnnx(error);
}

function truncated(detail: string, cause?: unknown): Fault {
  return new Fault(
    { code: 'model-truncated', found: `A complete ONNX model was expected. ${detail}.`, remedy: reexport },
    { cause },
  );
}

function notOnnx(cause?: unknown): Fault {
  return new Fault(
    {
      code: 'model-not-onnx',
      found: 'An ONNX model was expected, and the bytes of this file are not one, nor a kind of file known here.',
      remedy: 'Check that it is the right file, or export the model to ONNX again.',
    },
    { cause },
  );
}

function externalDataFault(graph: GraphFacts): Fault {
  const files = [...graph.externalFiles];
  const named = files.slice(0, filesNamed).map((file) => `“${file.slice(0, 120)}”`);
  const more = files.length > filesNamed ? ` and ${files.length - filesNamed} more` : '';
  const where = named.length > 0 ? `in ${named.join(', ')}${more}` : 'in files it does not name';
  return new Fault({
    code: 'model-external-data',
    found: `A model in one file was expected. ${graph.externalTensors} of its tensors have their data outside, ${where}.`,
    remedy: 'Save it as one file: onnx.save(onnx.load("model.onnx"), "single.onnx", save_as_external_data=False).',
  });
}
