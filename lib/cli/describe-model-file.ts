import type { CheckpointContents } from '@/lib/engines/model-files/checkpoint/describe-contents';
import type { CheckpointReport } from '@/lib/engines/model-files/checkpoint/inspect-checkpoint';
import type { ModelFileReport, OnnxReport } from '@/lib/engines/model-files/inspect-model-file';

type Line = readonly [label: string, value: string | number | null];

const labelWidth = 16;
/** Longer lists end in a count. */
const namesShown = 12;

/** A report for people, in lines. What the file itself says is cleared of control characters: terminals obey them. */
export function describeModelFile(name: string, report: ModelFileReport): string {
  const paragraphs = report.kind === 'onnx' ? describeOnnx(name, report) : describeCheckpoint(name, report);
  return `${paragraphs.filter((text) => text !== '').join('\n\n')}\n`;
}

function describeOnnx(name: string, { facts, task, names, imageSize, stride, readings }: OnnxReport): string[] {
  const { inputs, outputs } = facts;
  const tensors = [...inputs, ...outputs].map(
    ({ name: tensor, elementType, shape }): Line => [
      inputs.some((input) => input.name === tensor) ? 'Input' : 'Output',
      `${tensor} ${elementType} [${shape.join(', ')}]`,
    ],
  );
  const metadata = Object.entries(facts.rawMetadata).filter(([key]) => key !== 'names');
  return [
    `${plain(name)}: an ONNX model, ${megabytes(facts.sizeBytes)}. Nothing in it was executed.`,
    lines([
      ['Task', `${task} (${readings[0]?.reason ?? ''})`],
      ['Classes', listed(names)],
      ['Parameters', `${facts.parameterCount.toLocaleString('en')}, ${facts.precision}`],
      [
        'Image size',
        `${imageSize.height} × ${imageSize.width}${imageSize.dynamic ? ', dynamic' : ''}, stride ${stride}`,
      ],
      ['Format', `opset ${facts.opset}, IR ${facts.irVersion}, written by ${facts.producer || 'an unnamed program'}`],
      ...tensors,
      ['Operators', listed(facts.operators)],
      ...(readings.length > 1 ? [['Readings', readings.map(({ label }) => label).join(' or ')] as const] : []),
    ]),
    section(
      'Metadata',
      metadata.map(([key, value]) => `${key}: ${value}`),
    ),
  ];
}

function describeCheckpoint(name: string, report: CheckpointReport): string[] {
  const { refusal, contents, globals, foreignInstructions, sizeBytes } = report;
  const kind = report.container === null ? 'no PyTorch checkpoint' : 'a PyTorch checkpoint';
  return [
    `${plain(name)}: ${kind}, ${megabytes(sizeBytes)}. Nothing in it was executed.`,
    refusal === null ? '' : `REFUSED: ${plain(`${refusal.found} ${refusal.remedy}`)}`,
    contents === null ? '' : describeContents(contents),
    contents === null ? '' : section('Metrics', pairs(contents.metrics)),
    contents === null ? '' : section('Training arguments', pairs(contents.trainingArguments)),
    contents === null ? '' : section('Layers', layers(contents)),
    section(
      'What the pickle asks for',
      globals.map(({ verdict, meaning, names }) => `${verdict.padEnd(10)} ${meaning}: ${names.join(', ')}`),
    ),
    section('Instructions that no checkpoint needs', foreignInstructions),
  ];
}

function describeContents(contents: CheckpointContents): string {
  const { architecture, imageSize, names, classCount, dtypes, keypointShape } = contents;
  const scale = architecture.scale === null ? '' : `, scale ${architecture.scale}`;
  return lines([
    ['Task', contents.task],
    ['Classes', listed(Object.values(names), classCount)],
    ['Keypoints', keypointShape === null ? null : keypointShape.join(' × ')],
    ['Architecture', `${architecture.yamlFile ?? architecture.className}${scale}, ${contents.layers.length} layers`],
    ['Parameters', `${contents.parameterCount.toLocaleString('en')}, ${Object.keys(dtypes).join(', ')}`],
    ['Image size', `${imageSize.height} × ${imageSize.width}, stride ${contents.stride}`],
    ['Weights', contents.which === 'ema' ? 'the average of the training (ema)' : 'of the finished training (model)'],
    ['Epoch', contents.epoch === -1 ? 'training ended' : contents.epoch],
    ['Best fitness', contents.bestFitness],
    ['Written', contents.date],
    ['Version', contents.version],
    ['Licence', contents.license],
    ['Git', pairs(contents.git).join(', ') || null],
  ]);
}

function layers({ layers: list }: CheckpointContents): string[] {
  return list.map(({ index, from, className, parameterCount }) => {
    const sources = from.length === 1 && from[0] === -1 ? '' : `from ${from.join(', ')}`;
    return `${String(index).padStart(3)}  ${className.padEnd(18)} ${parameterCount.toLocaleString('en').padStart(11)}  ${sources}`.trimEnd();
  });
}

function pairs(record: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(record).map(
    ([key, value]) => `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
}

/** Labels and values below each other; those without a value are left out. */
function lines(list: readonly Line[]): string {
  return list
    .filter(([, value]) => value !== null && value !== '')
    .map(([label, value]) => `${label.padEnd(labelWidth)}${plain(String(value))}`)
    .join('\n');
}

function section(title: string, rows: readonly string[]): string {
  return rows.length === 0 ? '' : [title, ...rows.map((row) => `  ${plain(row)}`)].join('\n');
}

function listed(names: readonly string[], count: number | null = names.length): string {
  const shown = names.slice(0, namesShown).join(', ');
  const rest = names.length > namesShown ? ', …' : '';
  return `${count ?? 0}${shown === '' ? '' : `: ${shown}${rest}`}`;
}

function megabytes(bytes: number): string {
  return bytes < 1e5 ? `${bytes} bytes` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** Escape sequences of a file could rewrite what the terminal shows. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, '\uFFFD');
}
