'use client';

import { type FormEvent, useRef, useState } from 'react';
import { useTestActions } from '@/components/test/session/session-context';
import { toPlainFault } from '@/components/test/session/session-core';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { FaultNote } from '@/components/ui/fault-note';
import { imageFromUrl } from '@/lib/browser/image-from-url';
import type { PlainFault } from '@/lib/core/fault';

/** Adds an image from an address. The browser itself fetches it, so the other site must allow that. */
export function UrlDialog({ onClose }: { readonly onClose: () => void }) {
  const { addImages } = useTestActions();
  const [address, setAddress] = useState('');
  const [fault, setFault] = useState<PlainFault | null>(null);
  const [isLoading, setLoading] = useState(false);
  const abort = useRef(new AbortController());

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setFault(null);
    setLoading(true);
    try {
      const image = await imageFromUrl(address, { signal: abort.current.signal });
      addImages([image]);
      onClose();
    } catch (error) {
      setFault(toPlainFault(error));
      setLoading(false);
    }
  }

  return (
    <Dialog
      title="Add an image from a URL"
      onClose={() => {
        abort.current.abort();
        onClose();
      }}
      className="w-[min(480px,calc(100vw-24px))]"
    >
      <form onSubmit={submit} className="grid gap-3 p-4">
        <label className="grid gap-1 text-xs">
          Address of the image
          <input
            type="url"
            inputMode="url"
            autoComplete="off"
            placeholder="https://"
            value={address}
            onChange={(event) => setAddress(event.currentTarget.value)}
            className="h-8 rounded-control border border-line-strong bg-sunken px-2 text-md text-strong placeholder:text-muted touch:h-11"
          />
        </label>
        <p className="text-muted text-xs">
          The browser asks that site directly, without cookies. It works where the site lets other pages read its
          images.
        </p>
        {fault && <FaultNote {...fault} />}
        <Button
          type="submit"
          variant="primary"
          className="justify-self-end"
          disabled={isLoading || address.trim() === ''}
        >
          {isLoading ? 'Loading…' : 'Add image'}
        </Button>
      </form>
    </Dialog>
  );
}
