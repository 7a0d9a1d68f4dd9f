import { type ReadyModel, readingOf } from '@/components/test/session/test-state';
import { formatBytes, formatCount, formatMilliseconds } from '@/components/ui/format';
import type { Conversion } from '@/lib/browser/vision-protocol';

/** What the file says about itself. */
export function ModelFactsList({ model }: { readonly model: ReadyModel }) {
  const { facts } = model.identity;
  const { spec, label } = readingOf(model);
  const { size, batch } = spec.input;
  const rows: readonly (readonly [string, string])[] = [
    ['Reading', label],
    ['Input', `${size.width} × ${size.height}, ${size.kind}`],
    ['Batch', batch.kind === 'static' ? `${batch.size}, fixed` : 'dynamic'],
    ['Stride', `${spec.stride} px`],
    ['Precision', facts.precision],
    ['Parameters', formatCount(facts.parameterCount)],
    ['Opset', String(facts.opset)],
    ['Made by', facts.producer || 'not told'],
    ...(model.conversion ? [['Made from', conversionOrigin(model.conversion)] as const] : []),
    [model.conversion ? 'As ONNX' : 'File', formatBytes(facts.sizeBytes)],
    ['SHA-256', `${model.modelId.slice(0, 12)}…`],
  ];
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 px-2 pt-1 pb-2 text-2xs">
      {rows.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="break-words text-right text-body">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A conversion that an earlier visit kept cost this one nothing. */
function conversionOrigin({ origin, milliseconds }: Conversion): string {
  return origin === 'kept'
    ? '.pt, converted on an earlier visit'
    : `.pt, converted in ${formatMilliseconds(milliseconds)}`;
}
