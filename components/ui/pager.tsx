'use client';

import { ChevronLeft, ChevronRight } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Select } from '@/components/ui/select';

type PagerProps = {
  readonly page: number;
  readonly limit: number;
  readonly total: number;
  /** What is counted: “projects”. */
  readonly noun: string;
  readonly onPage: (page: number) => void;
  readonly onLimit?: (limit: number) => void;
};

const limits = ['20', '50', '100'] as const;

/** Where a page stands in a long list, and the ways to the others. Nothing at all when everything is on one page. */
export function Pager({ page, limit, total, noun, onPage, onLimit }: PagerProps) {
  const last = Math.max(1, Math.ceil(total / limit));
  if (last === 1 && page === 1 && total <= Number(limits[0])) return null;
  const first = Math.min(total, (page - 1) * limit + 1);
  return (
    <nav aria-label={`Pages of ${noun}`} className="flex flex-wrap items-center gap-x-3 gap-y-2 text-muted text-xs">
      <p aria-live="polite">
        {first.toLocaleString('en')}–{Math.min(total, page * limit).toLocaleString('en')} of{' '}
        {total.toLocaleString('en')} {noun}
      </p>
      <div className="ml-auto flex items-center gap-1">
        {onLimit && (
          <Select
            label={`${noun} per page`}
            value={String(limit)}
            options={limitOptions(limit)}
            onChange={(value) => onLimit(Number(value))}
          />
        )}
        <Button
          size="icon"
          variant="ghost"
          aria-label="Previous page"
          data-tip="Previous page"
          disabled={page <= 1}
          onClick={() => onPage(Math.min(page - 1, last))}
        >
          <ChevronLeft size={16} aria-hidden />
        </Button>
        <span className="px-1 text-body">
          {page} / {last}
        </span>
        <Button
          size="icon"
          variant="ghost"
          aria-label="Next page"
          data-tip="Next page"
          disabled={page >= last}
          onClick={() => onPage(page + 1)}
        >
          <ChevronRight size={16} aria-hidden />
        </Button>
      </div>
    </nav>
  );
}

function limitOptions(limit: number): { value: string; label: string }[] {
  const values = limits.some((value) => value === String(limit)) ? limits : [...limits, String(limit)];
  return [...values].sort((a, b) => Number(a) - Number(b)).map((value) => ({ value, label: `${value} per page` }));
}
