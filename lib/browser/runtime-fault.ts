import { Fault } from '@/lib/core/fault';

/** What the runtime was doing when it failed. */
export type RuntimePhase = 'loading the model' | 'running the model';

/** Longest piece of the runtime's own words that is shown: its first sentences tell, the rest is a stack of graph nodes. */
const longestQuote = 240;

/** ONNX Runtime's sentences about an operator it does not have: of the graph's schema, or of the kernels in this build. */
const unknownOperator = [
  /No Op registered for ([\w.]+)/,
  /Could not find an implementation for ([\w.]+)/,
  /([\w.:]+)\(-?\d+\) is not a registered function\/op/,
  /No opset import for domain '?([\w.]+)/,
  /kernel not found (?:in|for).*?(?:op|node).*?(\w+)/i,
];

const externalData = /external data|external initializer|MountedFiles|mountExternalData|model_data|\.onnx_data/i;

const outOfMemory =
  /bad_alloc|bad allocation|out of memory|\boom\b|could not allocate|failed to allocate|cannot enlarge memory|allocation failed|memory access out of bounds|tensor shape is too large|invalid array length|array buffer allocation|allocation size overflow/i;

const deviceLost = /device (?:is |was |has been )?lost|lost device|device was destroyed|instance dropped/i;

const unreadableModel =
  /protobuf parsing failed|invalid protobuf|invalid model|no graph was found|ModelProto does not have/i;

/** Says in our words what the web runtime's error means. A `Fault` passes through unchanged. */
export function runtimeFault(error: unknown, phase: RuntimePhase): Fault {
  if (error instanceof Fault) return error;
  const message = runtimeMessage(error);
  const options: ErrorOptions = { cause: error };

  const operator = unknownOperator.map((pattern) => pattern.exec(message)?.[1]).find((name) => name !== undefined);
  if (operator !== undefined) {
    return new Fault(
      {
        code: 'model-unknown-operator',
        found: `The model uses the operator “${operator}”, which this browser's runtime does not have.`,
        remedy: 'Export the model again with plain ONNX operators (no custom plugins), for example with opset 17.',
      },
      options,
    );
  }
  if (externalData.test(message)) {
    return new Fault(
      {
        code: 'model-external-data',
        found: 'The model keeps its weights in a second file, which was not part of what was dropped.',
        remedy: 'Save the model as one .onnx file with its weights inside and drop that.',
      },
      options,
    );
  }
  if (deviceLost.test(message)) {
    return new Fault(
      {
        code: 'device-lost',
        found: `The graphics card went away while ${phase}.`,
        remedy: 'Try again; choose WASM if it keeps happening.',
      },
      options,
    );
  }
  if (isOutOfMemory(error, message)) {
    return new Fault(
      {
        code: 'out-of-memory',
        found: `The browser ran out of memory while ${phase}.`,
        remedy: 'Close other tabs, choose a smaller image size or a smaller model, then try again.',
      },
      options,
    );
  }
  if (phase === 'loading the model' && unreadableModel.test(message)) {
    return new Fault(
      {
        code: 'model-truncated',
        found: `The runtime could not read the model: ${quote(message)}`,
        remedy: 'Copy or export the file again: it is incomplete or damaged.',
      },
      options,
    );
  }
  return new Fault(
    {
      code: 'runtime-failed',
      found: `The runtime failed while ${phase}: ${quote(message)}`,
      remedy: 'Check the model with the program that exported it, or export it again.',
    },
    options,
  );
}

/** True when the runtime's heap can no longer be trusted, so that its worker has to be replaced. */
export function leavesRuntimeBroken(error: unknown): boolean {
  if (error instanceof Fault) return error.code === 'out-of-memory' || leavesRuntimeBroken(error.cause);
  return typeof error === 'number' || error instanceof WebAssembly.RuntimeError;
}

function runtimeMessage(error: unknown): string {
  if (error instanceof Error) return error.message;
  return String(error);
}

/** A C++ exception that nothing caught arrives as a bare number; in these builds that is an allocation that failed. */
function isOutOfMemory(error: unknown, message: string): boolean {
  return typeof error === 'number' || error instanceof RangeError || outOfMemory.test(message);
}

/** The runtime's sentence without its error codes and source positions, cut to a length a person reads. */
function quote(message: string): string {
  const plain = message
    .replace(/^.*?ERROR_MESSAGE:\s*/s, '')
    .replace(/^(?:Error:\s*)+/, '')
    .replace(/\S*\/\S+\.(?:cc|h):\d+\s*/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  const short = plain.length > longestQuote ? `${plain.slice(0, longestQuote).trimEnd()}…` : plain;
  return /[.!?…]$/.test(short) ? `“${short}”` : `“${short}”.`;
}
