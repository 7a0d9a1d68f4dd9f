'use client';

import { Download, Replace } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { downloadPath } from '@/components/models/model-header';
import { buttonClass } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { CopyButton } from '@/components/ui/copy-button';
import { formatBytes } from '@/components/ui/format';
import { RelativeTime } from '@/components/ui/relative-time';
import { Section } from '@/components/ui/section';
import { WindowDrop } from '@/components/ui/window-drop';
import { ModelFileButton } from '@/components/upload/model-file-button';
import { useModelIntake } from '@/components/upload/use-model-intake';
import type { Model } from '@/lib/domain/models/schema';

/** The file behind a model: what it is called, its checksum, the way down and the way to another one. */
export function ModelFile({ model }: { readonly model: Model }) {
  const { id, name, file, convertedFile, origin } = model;
  const target = useMemo(() => ({ kind: 'replace-file', modelId: id, modelName: name }) as const, [id, name]);
  const intake = useModelIntake(target);
  const [chosen, setChosen] = useState<File | null>(null);

  /** The old file is gone once it is replaced, so a person is asked first; a model without one has nothing to lose. */
  function choose(files: readonly File[]): void {
    const [first] = files;
    if (first === undefined) return;
    if (file === null) intake.addFiles([first]);
    else setChosen(first);
  }

  return (
    <Section
      title="File"
      actions={
        <>
          <ModelFileButton label="New file of this model" multiple={false} onFiles={choose}>
            <Replace size={14} aria-hidden />
            {file ? 'Replace' : 'Choose a file'}
          </ModelFileButton>
          {file && (
            <a href={downloadPath(model)} download className={buttonClass('secondary', 'medium')}>
              <Download size={14} aria-hidden />
              Download
            </a>
          )}
        </>
      }
    >
      <WindowDrop
        words={`Drop a file to replace the one of ${name}`}
        onTransfer={(transfer) => choose([...transfer.files])}
      />
      {chosen && file && (
        <ConfirmDialog
          title={`Replace the file of ${name}?`}
          action="Replace"
          tone="danger"
          onClose={() => setChosen(null)}
          onConfirm={() => {
            intake.addFiles([chosen]);
            setChosen(null);
          }}
        >
          <p>
            {chosen.name} ({formatBytes(chosen.size)}) takes the place of {file.fileName} once it has arrived and proves
            to be a model. The old file is deleted then, and predictions use the new one. Id and addresses stay.
          </p>
        </ConfirmDialog>
      )}
      {file === null ? (
        <p className="p-4 text-muted text-xs">This model has no file yet. Drop one anywhere on this page.</p>
      ) : (
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-6 gap-y-2 p-4 text-xs">
          <Fact label="Name">
            <span className="break-all font-mono">{file.fileName}</span>
          </Fact>
          <Fact label="Size">
            {formatBytes(file.sizeBytes)}
            <span className="text-muted"> · {file.sizeBytes.toLocaleString('en')} bytes</span>
          </Fact>
          {convertedFile && (
            <Fact label="Runs as">
              <a
                href={`${downloadPath(model)}?kind=converted`}
                download
                className="break-all font-mono text-accent-text underline-offset-2 hover:underline"
              >
                {convertedFile.fileName}
              </a>
              <span className="text-muted"> · {formatBytes(convertedFile.sizeBytes)}, converted here</span>
            </Fact>
          )}
          <Fact label="SHA-256">
            <span className="flex min-w-0 items-center gap-1">
              <span className="min-w-0 truncate font-mono">{file.sha256}</span>
              <CopyButton text={file.sha256} label="Copy the SHA-256" />
            </span>
          </Fact>
          <Fact label="Uploaded">
            <RelativeTime at={file.uploadedAt} />
            <span className="text-muted">{arrivalWords(origin)}</span>
          </Fact>
          <Fact label="Model id">
            <span className="flex min-w-0 items-center gap-1">
              <span className="min-w-0 truncate font-mono">{id}</span>
              <CopyButton text={id} label="Copy the model id" />
            </span>
          </Fact>
        </dl>
      )}
    </Section>
  );
}

function arrivalWords({ kind, via }: Model['origin']): string {
  if (kind === 'catalogue') return ' from the catalogue';
  return via === 'api' ? ' through the API' : ' from the page';
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{label}</dt>
      <dd className="min-w-0 text-body">{children}</dd>
    </>
  );
}
