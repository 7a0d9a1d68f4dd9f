'use client';

import { PageHeader } from '@/components/frame/page-header';
import { Button } from '@/components/ui/button';

type ErrorPageProps = { readonly error: Error & { readonly digest?: string }; readonly reset: () => void };

export default function ErrorPage({ error, reset }: ErrorPageProps) {
  return (
    <>
      <PageHeader title="Fault" titleBelow />
      <main className="grid flex-1 place-content-center gap-3 p-6">
        <h1 className="font-semibold text-lg text-strong">This page stopped working</h1>
        <p className="max-w-[480px] text-pretty text-body">
          That is a fault in Sightline, not in your files. Models you added are still remembered on this machine.
        </p>
        <pre className="max-w-[480px] overflow-auto rounded-control bg-sunken p-2 font-mono text-xs">
          {error.message}
          {error.digest !== undefined && `\nIn the server’s log: digest ${error.digest}`}
        </pre>
        <Button variant="primary" className="justify-self-start" onClick={reset}>
          Start the page again
        </Button>
      </main>
    </>
  );
}
