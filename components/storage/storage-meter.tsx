import { classNames } from '@/components/ui/class-names';
import { formatBytes } from '@/components/ui/format';
import type { StorageUse } from '@/lib/domain/storage/schema';

const kindLooks = {
  models: { label: 'Models', className: 'bg-accent' },
  trash: { label: 'Trash', className: 'bg-line-strong' },
} as const satisfies Record<StorageUse['byKind'][number]['kind'], unknown>;

/** Above these shares of the limit the number is told in a colour that warns. */
const fullPercent = 90;
const fillingPercent = 70;

/** How much of the plan's storage is used, by what. */
export function StorageMeter({ use }: { readonly use: StorageUse }) {
  const { used, limit, percentage, byKind } = use;
  // Without a limit the bar shows the shares of what is used.
  const whole = limit ?? Math.max(1, used);
  return (
    <div className="grid gap-2">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="font-semibold text-lg text-strong">{formatBytes(used)}</span>
        <span className="text-muted">{limit === null ? 'used, without a limit' : `of ${limitWords(limit)} used`}</span>
        {percentage !== null && (
          <span className={classNames('ml-auto font-medium', percentColour(percentage))}>
            {percentage < 0.1 && percentage > 0 ? 'below 0.1' : percentage.toFixed(1)} %
          </span>
        )}
      </p>
      <div
        role="img"
        aria-label={`Storage used: ${formatBytes(used)} ${limit === null ? 'without a limit' : `of ${limitWords(limit)}`}`}
        className="flex h-2 gap-px overflow-hidden rounded-full bg-sunken"
      >
        {byKind.map(({ kind, sizeBytes }) =>
          sizeBytes === 0 ? null : (
            <span
              key={kind}
              className={classNames('h-full min-w-1', kindLooks[kind].className)}
              style={{ width: `${Math.min(100, (sizeBytes / whole) * 100)}%` }}
            />
          ),
        )}
      </div>
      <ul className="flex flex-wrap gap-x-5 gap-y-1 text-xs">
        {byKind.map(({ kind, sizeBytes, fileCount }) => (
          <li key={kind} className="flex items-center gap-1.5">
            <span aria-hidden className={classNames('size-2 rounded-[2px]', kindLooks[kind].className)} />
            <span className="text-body">{kindLooks[kind].label}</span>
            <span className="text-muted">
              {formatBytes(sizeBytes)} · {fileCount === 1 ? '1 file' : `${fileCount.toLocaleString('en')} files`}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Plans count in powers of 1024, so their limits are only round in that unit. */
function limitWords(limitBytes: number): string {
  return `${Math.round(limitBytes / 2 ** 30)} GiB`;
}

function percentColour(percentage: number): string {
  if (percentage >= fullPercent) return 'text-bad';
  return percentage >= fillingPercent ? 'text-warn' : 'text-good';
}
