import Link from 'next/link';
import type { WorkspaceCounts } from '@/components/home/next-steps';

/** How much there is of what; each number leads to its list. */
export function CountTiles({ counts }: { readonly counts: WorkspaceCounts | null }) {
  const tiles = [
    { label: 'Projects', count: counts?.projects, href: '/projects' },
    { label: 'Models', count: counts?.models, href: '/projects?sort=updated' },
    { label: 'API keys', count: counts?.keys, href: '/settings/api-keys' },
  ];
  return (
    <ul aria-label="What is here" className="grid grid-cols-3 gap-px overflow-hidden rounded-panel border bg-line">
      {tiles.map(({ label, count, href }) => (
        <li key={label} className="grid bg-raised">
          <Link href={href} className="grid gap-0.5 px-4 py-3 hover:bg-hover focus-visible:-outline-offset-2">
            <span className="text-muted text-xs">{label}</span>
            <span className="font-semibold text-lg text-strong">
              {count === undefined ? <span className="skeleton inline-block h-5 w-8" /> : count.toLocaleString('en')}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
