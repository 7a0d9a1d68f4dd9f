'use client';

import { Dialog } from '@/components/ui/dialog';
import { Kbd } from '@/components/ui/kbd';

const rows: readonly (readonly [keys: readonly string[], what: string])[] = [
  [['drag'], 'Draw a box; drag inside the selected one moves it, its handles resize it'],
  [['B'], 'Add a box in the middle'],
  [['←', '→', '↑', '↓'], 'Move the selected box by a pixel, with Shift by ten'],
  [['Alt', '←', '→', '↑', '↓'], 'Resize it'],
  [['1', '…', '9'], 'Choose a class'],
  [['[', ']'], 'Select the box before, the next box'],
  [['Del'], 'Remove the selected box'],
  [['E'], 'Say that there is nothing to find here'],
  [['←', '→'], 'Picture before, next picture, while no box is selected'],
  [['Esc'], 'Select nothing'],
  [['⌘', 'Z'], 'Undo; with Shift redo'],
  [['+', '−', '0'], 'Zoom in, out, fit'],
  [['space'], 'Hold and drag to pan'],
  [['C'], 'Labels or predictions'],
];

/** The keys of the page. */
export function TrainHelp({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title="Keys" onClose={onClose} className="w-[min(460px,calc(100vw-24px))]">
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-2 overflow-y-auto p-4 text-xs">
        {rows.map(([keys, what]) => (
          <div key={what} className="contents">
            <dt className="flex items-center gap-1">
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd className="text-body">{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
