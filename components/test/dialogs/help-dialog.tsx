'use client';

import { Dialog } from '@/components/ui/dialog';
import { Kbd } from '@/components/ui/kbd';

const keys: readonly (readonly [readonly string[], string])[] = [
  [['←', '→'], 'Previous, next image; frame of a video'],
  [['+', '−'], 'Zoom in, out'],
  [['0'], 'Fit the image'],
  [['1'], 'Show at 100 %'],
  [['Space'], 'Hold and drag to pan the focused stage'],
  [['Z'], 'Hold for the loupe'],
  [['H'], 'Hide or show all overlays'],
  [['L'], 'Labels'],
  [['M'], 'Masks'],
  [['C'], 'Compare with a second model'],
  [['[', ']'], 'Confidence down, up'],
  [['/'], 'Search the classes'],
  [['↑', '↓'], 'Walk through the list of predictions'],
  [['K'], 'Play or pause a video'],
  [['Del'], 'Remove the image'],
  [['⌘ Z'], 'Undo the removal (Ctrl Z)'],
  [['Esc'], 'Clear the selection, close a dialog'],
  [['?'], 'This help'],
];

/** Every key of the page. */
export function HelpDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title="Keys" onClose={onClose} className="w-[min(440px,calc(100vw-24px))]">
      <dl className="grid gap-1.5 overflow-y-auto p-4 text-xs">
        {keys.map(([names, meaning]) => (
          <div key={meaning} className="flex items-center justify-between gap-4">
            <dt className="order-2 flex gap-1">
              {names.map((name) => (
                <Kbd key={name}>{name}</Kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
