import { fraction, integerIn, invalid, parseWords, strayWord } from '@/lib/cli/command-words';
import {
  type ConvertOptions,
  convertLimits,
  defaultNms,
  type EmbeddedNms,
} from '@/lib/engines/architecture/convert-options';
import { newestOpset, oldestOpset } from '@/lib/engines/graph/graph-builder';

export type ConvertRequest = {
  /** Paths as they were typed. */
  readonly model: string;
  /** Null: beside the model, with the ending .onnx. */
  readonly target: string | null;
  readonly options: ConvertOptions;
  /** Options that were typed, which only make sense for a graph: `--half`. */
  readonly typed: readonly string[];
};

const options = {
  imgsz: { type: 'string' },
  dynamic: { type: 'boolean' },
  half: { type: 'boolean' },
  nms: { type: 'boolean' },
  conf: { type: 'string' },
  iou: { type: 'string' },
  'max-det': { type: 'string' },
  agnostic: { type: 'boolean' },
  end2end: { type: 'boolean' },
  'no-end2end': { type: 'boolean' },
  opset: { type: 'string' },
  batch: { type: 'string' },
} as const;

type Values = ReturnType<typeof parseWords<typeof options>>['values'];

/** Reads what stands behind `sightline convert`. Throws a `Fault` (`input-invalid`). */
export function parseConvert(words: readonly string[]): ConvertRequest {
  const { values, positionals } = parseWords(words, options, 'convert');
  const [model, target = null, stray] = positionals;
  if (stray !== undefined) throw strayWord(stray, 'convert');
  if (model === undefined) {
    throw invalid(
      'No model was given.',
      'Give the checkpoint and the file to write: sightline convert best.pt best.onnx.',
    );
  }
  return {
    model,
    target,
    options: {
      imgsz: imageSize(values.imgsz),
      dynamic: values.dynamic,
      half: values.half,
      nms: nmsOf(values),
      endToEnd: endToEndOf(values),
      opset: integerIn(values.opset, '--opset', oldestOpset, newestOpset) ?? undefined,
      batch: integerIn(values.batch, '--batch', 1, convertLimits.batch) ?? undefined,
    },
    typed: Object.keys(values).map((name) => `--${name}`),
  };
}

/** `640`, or height and width as `384,640` or `384x640`. */
function imageSize(text: string | undefined): ConvertOptions['imgsz'] {
  if (text === undefined) return undefined;
  const [height, width, ...others] = text
    .split(/[,x]/)
    .map((side) => integerIn(side, '--imgsz', 1, convertLimits.side));
  if (height == null || others.length > 0 || width === null) {
    throw invalid(`--imgsz cannot be “${text}”.`, 'Give one side, or height and width: --imgsz 384,640.');
  }
  return width === undefined ? height : [height, width];
}

function nmsOf(values: Values): EmbeddedNms | null {
  const { conf, iou, agnostic, 'max-det': maxDetections } = values;
  if (!values.nms) {
    const alone = Object.entries({ conf, iou, agnostic, 'max-det': maxDetections }).find(
      ([, value]) => value !== undefined,
    );
    if (alone !== undefined) {
      throw invalid(`--${alone[0]} only means something with --nms.`, `Add --nms, or leave --${alone[0]} out.`);
    }
    return null;
  }
  return {
    conf: fraction(conf, '--conf') ?? defaultNms.conf,
    iou: fraction(iou, '--iou') ?? defaultNms.iou,
    maxDetections: integerIn(maxDetections, '--max-det', 1, convertLimits.rows) ?? defaultNms.maxDetections,
    agnostic: agnostic ?? defaultNms.agnostic,
  };
}

function endToEndOf(values: Values): boolean | null {
  if (values.end2end && values['no-end2end']) {
    throw invalid('--end2end and --no-end2end exclude each other.', 'Give one of them, or none.');
  }
  return values.end2end ? true : values['no-end2end'] ? false : null;
}
