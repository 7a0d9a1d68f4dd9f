'use client';

import { useEffect, useState } from 'react';

type WindowDropProps = {
  /** Shown while something is dragged over the window: “Drop models”. */
  readonly words: string;
  /** Called while the event is being handled: the transfer is emptied right after. */
  readonly onTransfer: (transfer: DataTransfer) => void;
};

/** Makes the whole window take drops and pastes, and shows so while something is dragged over it. */
export function WindowDrop({ words, onTransfer }: WindowDropProps) {
  const [isOver, setOver] = useState(false);

  // Listens to drags and pastes anywhere in the window; undone by removing the listeners. A drag enters and leaves every
  // element it crosses, so entering and leaving are counted.
  useEffect(() => {
    let depth = 0;
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
    function onEnter(event: DragEvent): void {
      if (!hasFiles(event)) return;
      depth++;
      setOver(true);
    }
    function onLeave(event: DragEvent): void {
      if (!hasFiles(event)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    }
    function onOver(event: DragEvent): void {
      if (hasFiles(event)) event.preventDefault();
    }
    function onDrop(event: DragEvent): void {
      depth = 0;
      setOver(false);
      if (!event.dataTransfer || !hasFiles(event)) return;
      event.preventDefault();
      onTransfer(event.dataTransfer);
    }
    function onPaste(event: ClipboardEvent): void {
      const isTyping = event.target instanceof Element && event.target.closest('input, textarea') !== null;
      if (isTyping || !event.clipboardData || event.clipboardData.files.length === 0) return;
      event.preventDefault();
      onTransfer(event.clipboardData);
    }
    window.addEventListener('dragenter', onEnter);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('dragover', onOver);
    window.addEventListener('drop', onDrop);
    window.addEventListener('paste', onPaste);
    return () => {
      window.removeEventListener('dragenter', onEnter);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('drop', onDrop);
      window.removeEventListener('paste', onPaste);
    };
  }, [onTransfer]);

  if (!isOver) return null;
  return (
    <div className="pointer-events-none fixed inset-0 z-50 grid place-items-center bg-[oklch(0.16_0.006_260/0.72)] p-4">
      <div className="grid h-full w-full place-items-center rounded-panel border-2 border-accent border-dashed">
        <p className="rounded-panel bg-overlay px-4 py-3 text-center font-medium text-md text-strong shadow-float">
          {words}
        </p>
      </div>
    </div>
  );
}
