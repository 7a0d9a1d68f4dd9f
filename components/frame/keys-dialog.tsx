'use client';

import { destinationsFor } from '@/components/frame/destinations';
import { useFrameSession } from '@/components/frame/frame-context';
import { useCommandKey } from '@/components/frame/use-command-key';
import { Dialog } from '@/components/ui/dialog';
import { Kbd } from '@/components/ui/kbd';

/** The keys that work on every page. */
export function KeysDialog({ onClose }: { readonly onClose: () => void }) {
  const session = useFrameSession();
  const commandKey = useCommandKey();
  const rows: readonly (readonly [string, string])[] = [
    [commandKey, 'Search pages, projects, models and actions'],
    ...destinationsFor(session).map(({ label, letter }) => [`G ${letter.toUpperCase()}`, `Go to ${label}`] as const),
    ['Esc', 'Close a dialog or menu'],
    ['?', 'This help'],
  ];
  return (
    <Dialog title="Keys" onClose={onClose} className="w-[min(400px,calc(100vw-24px))]">
      <dl className="grid gap-1.5 overflow-y-auto p-4 text-xs">
        {rows.map(([keys, meaning]) => (
          <div key={keys} className="flex items-center justify-between gap-4">
            <dt className="order-2 flex gap-1">
              {keys.split(' ').map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <p className="border-t px-4 py-3 text-muted text-xs">Test lists its own keys when ? is pressed there.</p>
    </Dialog>
  );
}
