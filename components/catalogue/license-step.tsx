'use client';

import { ArrowLeft, ExternalLink } from 'lucide-react';
import { sizeWords } from '@/components/catalogue/weights-words';
import { Button } from '@/components/ui/button';
import type { CatalogueEntry } from '@/lib/domain/catalogue/schema';

type LicenseStepProps = {
  readonly entry: CatalogueEntry;
  readonly onBack: () => void;
  readonly onAccept: () => void;
};

/** What somebody agrees to who fetches these weights, and where they come from. */
export function LicenseStep({ entry, onBack, onAccept }: LicenseStepProps) {
  const { fileName, license, sourceUrl } = entry;
  return (
    <div className="grid gap-3 overflow-y-auto p-4">
      <div className="grid gap-0.5">
        <h3 className="break-all font-mono font-semibold text-md text-strong">{fileName}</h3>
        <p className="text-muted text-xs">{sizeWords(entry)}</p>
      </div>
      <div className="grid gap-1 rounded-panel border bg-sunken p-3">
        <p className="font-medium text-strong">{license.name}</p>
        <p className="text-pretty text-body">{license.summary}</p>
        <a
          href={license.url}
          target="_blank"
          rel="noreferrer"
          className="inline-flex items-center gap-1 justify-self-start font-medium text-accent-text underline-offset-2 hover:underline"
        >
          Read the licence
          <ExternalLink size={13} aria-hidden />
        </a>
      </div>
      <p className="text-muted text-xs">
        This server fetches the file from <span className="break-all font-mono text-body">{sourceUrl}</span>. That you
        accepted is written into the activity of your workspace.
      </p>
      <div className="flex flex-wrap justify-between gap-2">
        <Button onClick={onBack}>
          <ArrowLeft size={14} aria-hidden />
          Back
        </Button>
        <Button variant="primary" onClick={onAccept}>
          Accept and download
        </Button>
      </div>
    </div>
  );
}
