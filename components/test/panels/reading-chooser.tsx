'use client';

import { useEffect, useRef } from 'react';
import { paintReading } from '@/components/test/panels/paint-reading';
import { useTest, useTestActions } from '@/components/test/session/session-context';
import type { ReadyModel } from '@/components/test/session/test-state';
import type { HeadReading } from '@/lib/engines/model-files/model-facts';

type ReadingChooserProps = { readonly modelKey: string; readonly model: ReadyModel };

/** Asks how a model without metadata is to be read, by showing every reading on the image that is being looked at. */
export function ReadingChooser({ modelKey, model }: ReadingChooserProps) {
  const { pickReading } = useTestActions();
  const { readings } = model.identity;
  return (
    <fieldset className="grid gap-1 px-2 pb-2">
      <legend className="py-1 text-2xs text-body">
        This file does not say how to read its output. Which picture is right?
      </legend>
      <div className="grid grid-cols-2 gap-1.5">
        {readings.map((reading, index) => (
          <button
            type="button"
            key={reading.label}
            onClick={() => pickReading(modelKey, index)}
            className="grid gap-1 rounded-control border border-line-strong p-1 text-left hover:border-accent hover:bg-hover"
          >
            <ReadingPicture reading={reading} />
            <span className="font-medium text-2xs text-strong">{reading.label}</span>
            <span className="text-2xs text-muted">{reading.reason}</span>
          </button>
        ))}
      </div>
    </fieldset>
  );
}

function ReadingPicture({ reading }: { readonly reading: HeadReading }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const bitmap = useTest((state) => state.shown.bitmap);
  const output = useTest((state) => state.shown.primary?.run.output ?? null);
  const thresholds = useTest((state) => state.thresholds);

  // Paints onto the canvas, which React does not know how to; painting again replaces what was there.
  useEffect(() => {
    if (canvas.current && bitmap) paintReading(canvas.current, bitmap, output, reading.spec, thresholds);
  }, [bitmap, output, thresholds, reading]);

  return <canvas ref={canvas} width={200} height={130} aria-hidden className="w-full rounded-chip bg-canvas" />;
}
