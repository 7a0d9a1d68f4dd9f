import { classNames } from '@/components/ui/class-names';

const colours: Readonly<Record<string, string>> = {
  GET: 'text-accent-text',
  POST: 'text-good',
  PUT: 'text-warn',
  PATCH: 'text-warn',
  DELETE: 'text-bad',
};

/** An HTTP method as a word of fixed width, so that paths stand in a line. */
export function MethodChip({ method }: { readonly method: string }) {
  return (
    <span className={classNames('w-14 shrink-0 font-mono font-semibold text-2xs', colours[method] ?? 'text-muted')}>
      {method}
    </span>
  );
}
