import { Fault, type PlainFault } from '@/lib/core/fault';

/** Longest piece of the runtime's own words that is passed on: the rest lists graph nodes. */
const maximumQuoteLength = 200;

type Explanation = {
  readonly pattern: RegExp;
  /** `operator` is the first group of the pattern. */
  explain(operator: string): PlainFault;
};

/** What ONNX Runtime's messages mean, in the order in which they are tried. */
const explanations: readonly Explanation[] = [
  {
    pattern: /No Op registered for ([\w.]+)|([\w.:]+)\(-?\d+\) is not a registered function\/op/,
    explain: (operator) => ({
      code: 'model-unknown-operator',
      found: `The model uses the operator “${operator}”, which ONNX Runtime does not know.`,
      remedy: 'Export it again with standard ONNX operators only (for example with opset 17).',
    }),
  },
  {
    pattern: /Could not find an implementation for ([\w.]+)/,
    explain: (operator) => ({
      code: 'model-unknown-operator',
      found: `The model uses the operator “${operator}” with types that ONNX Runtime cannot compute on the CPU.`,
      remedy: 'Export it again in fp32.',
    }),
  },
  {
    pattern: /external (?:data|initializer)|model_path must not be empty/i,
    explain: () => ({
      code: 'model-external-data',
      found: 'The model keeps its weights in a second file, which is not part of the .onnx file.',
      remedy: 'Save it as one .onnx file with the weights inside.',
    }),
  },
  {
    pattern: /bad_alloc|bad allocation|out of memory|failed to allocate/i,
    explain: () => ({
      code: 'out-of-memory',
      found: 'The machine ran out of memory.',
      remedy: 'Choose a smaller image size or a smaller model.',
    }),
  },
  {
    pattern: /protobuf parsing failed|Model data pointer is null/i,
    explain: () => ({
      code: 'model-truncated',
      found: 'ONNX Runtime cannot read the model file: it is damaged or cut off.',
      remedy: 'Copy or export it again.',
    }),
  },
];

/** Says in our words why ONNX Runtime refused to load or run a model. */
export function nodeRuntimeFault(cause: unknown, phase: 'loading' | 'running'): Fault {
  const message = cause instanceof Error ? cause.message : String(cause);
  for (const { pattern, explain } of explanations) {
    const match = pattern.exec(message);
    if (match) return new Fault(explain(match[1] ?? match[2] ?? ''), { cause });
  }
  return new Fault(
    {
      code: 'runtime-failed',
      found: `ONNX Runtime failed while ${phase} the model: “${quote(message)}”.`,
      remedy: 'Check the model with the program that exported it.',
    },
    { cause },
  );
}

function quote(message: string): string {
  const line = message.replace(/\s+/g, ' ').trim().replace(/\.$/, '');
  return line.length > maximumQuoteLength ? `${line.slice(0, maximumQuoteLength)}…` : line;
}
