import { columnById, wordsOfFlops } from '@/components/models/model-columns';
import type { Model } from '@/lib/domain/models/schema';

/** One fact of a model with what explains it. */
export type OverviewFact = { readonly label: string; readonly text: string; readonly note: string | null };

/** The facts that decide where a model can be used. What is not known is left out. */
export function overviewFacts(model: Model): OverviewFact[] {
  const { task, classCount, metadata, file } = model;
  const facts: (OverviewFact | null)[] = [
    task === null ? null : { label: 'Task', text: task, note: endToEndNote(metadata?.endToEnd ?? null) },
    classCount === null ? null : { label: 'Classes', text: classCount.toLocaleString('en'), note: null },
    inputFact(metadata?.inputSize ?? null, metadata?.stride ?? null),
    numberFact('Parameters', metadata?.parameters ?? null, columnById('parameters').text(model)),
    numberFact('GFLOPs', metadata?.flops ?? null, wordsOfFlops(metadata?.flops ?? null), 'per image at this input'),
    metadata?.precision ? { label: 'Precision', text: metadata.precision, note: opsetNote(metadata.opset) } : null,
    metadata?.keypointShape ? keypointFact(metadata.keypointShape) : null,
    file === null ? null : { label: 'Size', text: columnById('size').text(model), note: `.${file.format} file` },
  ];
  return facts.filter((fact) => fact !== null);
}

function inputFact(
  size: { readonly width: number; readonly height: number; readonly dynamic: boolean } | null,
  stride: number | null,
): OverviewFact | null {
  if (size === null) return null;
  const note = size.dynamic ? `or any multiple of ${stride ?? 32}` : 'fixed';
  return { label: 'Input', text: `${size.width} × ${size.height}`, note };
}

function numberFact(
  label: string,
  value: number | null,
  text: string,
  note: string | null = null,
): OverviewFact | null {
  return value === null ? null : { label, text, note };
}

function keypointFact(shape: readonly number[]): OverviewFact | null {
  const [count, dimensions] = shape;
  if (count === undefined) return null;
  return { label: 'Keypoints', text: String(count), note: dimensions === 3 ? 'with confidence' : null };
}

function endToEndNote(endToEnd: boolean | null): string | null {
  if (endToEnd === null) return null;
  return endToEnd ? 'NMS in the network' : 'NMS after the network';
}

function opsetNote(opset: number | null): string | null {
  return opset === null ? null : `opset ${opset}`;
}
