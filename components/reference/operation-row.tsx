'use client';

import { ChevronRight } from 'lucide-react';
import { MethodChip } from '@/components/reference/method-chip';
import type { OpenApiDocument, ReferenceOperation } from '@/components/reference/openapi-document';
import { OperationDetails } from '@/components/reference/operation-details';
import { classNames } from '@/components/ui/class-names';

type OperationRowProps = {
  readonly document: OpenApiDocument;
  readonly operation: ReferenceOperation;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly pastedKey: string | null;
};

/** One operation: a line that opens into everything about it. Its id is an anchor, so that it can be linked to. */
export function OperationRow({ document, operation, isOpen, onToggle, pastedKey }: OperationRowProps) {
  const { id, method, path, summary } = operation;
  return (
    <li id={id} className="min-w-0 scroll-mt-4 border-b last:border-b-0">
      <h3>
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={onToggle}
          className="flex min-h-10 w-full min-w-0 flex-wrap items-center gap-x-3 px-3 py-1.5 text-left hover:bg-hover focus-visible:-outline-offset-2 touch:min-h-12"
        >
          <ChevronRight
            size={14}
            aria-hidden
            className={classNames('shrink-0 text-muted transition-transform', isOpen && 'rotate-90')}
          />
          <MethodChip method={method} />
          <span className="min-w-0 break-all font-mono text-strong text-xs">{path}</span>
          <span className="ml-auto min-w-0 text-right text-muted text-xs max-md:hidden">{summary}</span>
          <span className="w-full pl-[26px] text-muted text-xs md:hidden">{summary}</span>
        </button>
      </h3>
      {isOpen && <OperationDetails document={document} operation={operation} pastedKey={pastedKey} />}
    </li>
  );
}
