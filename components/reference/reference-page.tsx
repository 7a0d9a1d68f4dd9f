'use client';

import { useQuery } from '@tanstack/react-query';
import { BookOpen, Download } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { useFrameSession } from '@/components/frame/frame-context';
import { PageHeader } from '@/components/frame/page-header';
import { KeyField } from '@/components/models/api/key-field';
import { type OpenApiDocument, readOperations } from '@/components/reference/openapi-document';
import { OperationRow } from '@/components/reference/operation-row';
import { PlainText } from '@/components/reference/plain-text';
import { groupOperations } from '@/components/reference/search-operations';
import { buttonClass } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { RequestFault } from '@/components/ui/request-fault';
import { SearchField } from '@/components/ui/search-field';
import { SkeletonRows } from '@/components/ui/skeleton-rows';
import { useUrlParams } from '@/components/ui/use-url-params';
import { callApi } from '@/lib/client/call-api';
import { platformKeyPattern } from '@/lib/core/platform-key';
import { getOpenApiOperation } from '@/lib/http/operations/health';

const tagId = (tag: string) => `tag-${tag.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;

/** What the address points to in the page; nothing where it cannot be decoded, as “#%”. */
function fragmentOf({ hash }: Location): string {
  try {
    return decodeURIComponent(hash.slice(1));
  } catch {
    return '';
  }
}

/** The API of this server, read from the document it serves: every operation with its code and a real try. */
export function ReferencePage() {
  const url = useUrlParams();
  const session = useFrameSession();
  const [pasted, setPasted] = useState('');
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const search = url.values.search ?? '';
  const reading = useQuery({
    queryKey: ['openapi'],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }): Promise<OpenApiDocument> =>
      JSON.parse(await (await callApi(getOpenApiOperation, { signal })).text()),
  });
  const document = reading.data;
  const groups = useMemo(() => (document ? groupOperations(readOperations(document), search) : []), [document, search]);
  const pastedKey = platformKeyPattern.test(pasted) ? pasted : null;
  const isLoaded = document !== undefined;

  // Opens and shows the operation that the address names, once there is something to show; later changes of it as well.
  useEffect(() => {
    if (!isLoaded) return;
    function follow(): void {
      const id = fragmentOf(window.location);
      if (id === '') return;
      setOpen((before) => new Set([...before, id]));
      window.document.getElementById(id)?.scrollIntoView();
    }
    follow();
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, [isLoaded]);

  function toggle(id: string): void {
    const next = new Set(open);
    if (!next.delete(id)) {
      next.add(id);
      window.history.replaceState(null, '', `#${id}`);
    }
    setOpen(next);
  }

  return (
    <>
      <PageHeader title="API reference">
        <a href="/api/openapi.json" download="sightline-openapi.json" className={buttonClass('secondary', 'medium')}>
          <Download size={14} aria-hidden />
          <span className="max-sm:sr-only">OpenAPI</span>
        </a>
      </PageHeader>
      <div className="flex min-h-0 flex-1">
        <nav aria-label="Parts of the API" className="w-52 shrink-0 overflow-y-auto border-r p-3 max-lg:hidden">
          <ul className="grid gap-px">
            {groups.map(({ tag, operations }) => (
              <li key={tag}>
                <a
                  href={`#${tagId(tag)}`}
                  className="flex h-7 items-center justify-between rounded-control px-2 text-body hover:bg-hover hover:text-strong"
                >
                  {tag}
                  <span className="text-2xs text-muted">{operations.length}</span>
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <main className="min-h-0 min-w-0 flex-1 overflow-y-auto">
          <div className="mx-auto grid w-full max-w-[1240px] grid-cols-[minmax(0,1fr)] gap-5 p-4 pb-16 lg:p-6 lg:pb-16">
            {document?.info.description && (
              <div className="max-w-[720px]">
                <PlainText text={document.info.description} />
              </div>
            )}
            <div className="grid items-start gap-4 sm:grid-cols-[minmax(0,1fr)_minmax(0,320px)]">
              <div className="grid gap-1">
                <span aria-hidden className="font-medium text-strong text-xs">
                  Find
                </span>
                <SearchField
                  label="Search operations"
                  value={search}
                  onSearch={(text) => url.set({ search: text }, 'replace')}
                />
              </div>
              <KeyField
                pasted={pasted}
                isWhole={pastedKey !== null}
                isSignedIn={session !== null}
                onPaste={(text) => setPasted(text.trim())}
              />
            </div>
            {reading.isPending && <SkeletonRows count={8} height={40} label="Loading the reference" />}
            {reading.isError && (
              <RequestFault
                what="The reference could not be loaded"
                error={reading.error}
                onRetry={() => void reading.refetch()}
              />
            )}
            {document && groups.length === 0 && (
              <EmptyState icon={BookOpen} title="No operation fits">
                Every word must be found in the path, the name or the description of an operation.
              </EmptyState>
            )}
            {document &&
              groups.map(({ tag, operations }) => (
                <section key={tag} aria-labelledby={tagId(tag)} className="grid min-w-0 gap-2">
                  <h2 id={tagId(tag)} className="scroll-mt-4 font-semibold text-md text-strong">
                    {tag}
                  </h2>
                  <ul className="min-w-0 overflow-hidden rounded-panel border bg-raised">
                    {operations.map((operation) => (
                      <OperationRow
                        key={operation.id}
                        document={document}
                        operation={operation}
                        isOpen={open.has(operation.id)}
                        onToggle={() => toggle(operation.id)}
                        pastedKey={pastedKey}
                      />
                    ))}
                  </ul>
                </section>
              ))}
          </div>
        </main>
      </div>
    </>
  );
}
