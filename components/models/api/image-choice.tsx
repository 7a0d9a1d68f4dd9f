'use client';

import { ImageIcon } from 'lucide-react';
import { useRef } from 'react';
import type { ImageSource } from '@/components/models/api/request-draft';
import { Button } from '@/components/ui/button';
import { formatBytes } from '@/components/ui/format';
import { Segmented } from '@/components/ui/segmented';
import { WindowDrop } from '@/components/ui/window-drop';

const kinds = [
  { value: 'file', label: 'File' },
  { value: 'url', label: 'URL' },
] as const;

type ImageChoiceProps = {
  readonly source: ImageSource;
  readonly takesUrl: boolean;
  readonly onChange: (source: ImageSource) => void;
};

/** The image of a request: chosen, dropped or pasted as a file, or named by its URL. */
export function ImageChoice({ source, takesUrl, onChange }: ImageChoiceProps) {
  const input = useRef<HTMLInputElement>(null);
  const take = (files: FileList | null) => {
    const [file] = files ?? [];
    if (file) onChange({ kind: 'file', file });
  };
  return (
    <div className="grid gap-2">
      <WindowDrop words="Drop an image to predict on" onTransfer={(transfer) => take(transfer.files)} />
      <div className="flex items-center gap-2">
        <span className="font-medium text-strong text-xs">Image</span>
        {takesUrl && (
          <Segmented
            label="How the image is given"
            value={source.kind}
            options={kinds}
            onChange={(kind) => onChange(kind === 'file' ? { kind, file: null } : { kind, url: '' })}
          />
        )}
      </div>
      <input
        ref={input}
        type="file"
        aria-label="Image file"
        accept="image/*,video/*"
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => {
          take(event.currentTarget.files);
          event.currentTarget.value = '';
        }}
      />
      {source.kind === 'file' ? (
        <div className="flex min-w-0 flex-wrap items-center gap-3 rounded-control border border-dashed px-3 py-2">
          <ImageIcon size={16} aria-hidden className="shrink-0 text-muted" />
          <span className="min-w-0 flex-1 truncate text-xs">
            {source.file ? (
              <>
                <span className="text-strong">{source.file.name}</span>
                <span className="text-muted"> · {formatBytes(source.file.size)}</span>
              </>
            ) : (
              <span className="text-muted">Drop or paste one anywhere on this page, up to 10 MB</span>
            )}
          </span>
          <Button size="small" onClick={() => input.current?.click()}>
            {source.file ? 'Choose another' : 'Choose an image'}
          </Button>
        </div>
      ) : (
        <input
          type="url"
          aria-label="Address of the image"
          placeholder="https://example.com/bus.jpg"
          autoComplete="off"
          value={source.url}
          onChange={(event) => onChange({ kind: 'url', url: event.currentTarget.value })}
          className="h-8 w-full rounded-control border border-line-strong bg-raised px-2 text-md text-strong placeholder:text-muted touch:h-11"
        />
      )}
    </div>
  );
}
