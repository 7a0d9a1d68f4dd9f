'use client';

import type { ReactNode } from 'react';
import { demoScenes } from '@/components/test/demo/demo-scenes';
import { useDemo } from '@/components/test/demo/use-demo';
import { useFilePickers } from '@/components/test/intake/file-pickers';
import { useTest } from '@/components/test/session/session-context';
import { ExampleImages } from '@/components/test/stage-area/example-images-list';
import { Button } from '@/components/ui/button';
import { Kbd } from '@/components/ui/kbd';

/** The first thing a person sees: two steps, the examples, and the promise. */
export function EmptyState() {
  const { pickModels, pickImages, pickWeights } = useFilePickers();
  const { show } = useDemo();
  const hasModel = useTest((state) => state.models.some(({ content }) => content.status === 'ready'));
  return (
    <div className="dark h-full overflow-y-auto text-canvas-muted">
      <div className="mx-auto grid min-h-full w-full max-w-[640px] content-center gap-6 px-5 py-8">
        <div className="grid gap-1">
          <p className="text-balance font-semibold text-canvas-text text-lg">
            Drop a model and an image, see what it sees
          </p>
          <p>Nothing leaves this browser: the model runs on this machine, also without a network.</p>
        </div>
        <ol className="grid gap-px overflow-hidden rounded-panel border border-canvas-line sm:grid-cols-2">
          <Step number={1} title="A model" isDone={hasModel}>
            <p>
              Any YOLO as <span className="font-mono text-canvas-text">.pt</span> or{' '}
              <span className="font-mono text-canvas-text">.onnx</span>: detect, segment, pose, OBB, classify. A{' '}
              <span className="font-mono text-canvas-text">.pt</span> is read without running any of its code.
            </p>
            <div className="flex flex-wrap gap-2">
              <Button variant={hasModel ? 'secondary' : 'primary'} onClick={pickModels}>
                Choose a model
              </Button>
              <Button onClick={pickWeights}>Official weights…</Button>
              {!hasModel && <Button onClick={() => show(demoScenes[0])}>See the demo</Button>}
            </div>
          </Step>
          <Step number={2} title="Images" isDone={false}>
            <p>Files, folders, a video or the camera: drop them anywhere, or paste.</p>
            <ExampleImages />
            <Button variant={hasModel ? 'primary' : 'secondary'} className="justify-self-start" onClick={pickImages}>
              Choose images
            </Button>
          </Step>
        </ol>
        <p className="text-xs">
          JPG, PNG, WebP, GIF, AVIF, BMP, any file size, up to 134 megapixels: that is half a gigabyte of memory once
          decoded. Press <Kbd>?</Kbd> for the keys.
        </p>
      </div>
    </div>
  );
}

type StepProps = {
  readonly number: number;
  readonly title: string;
  readonly isDone: boolean;
  readonly children: ReactNode;
};

function Step({ number, title, isDone, children }: StepProps) {
  return (
    <li className="grid content-start gap-2.5 p-4 text-xs outline outline-canvas-line">
      <h2 className="flex items-center gap-2 font-medium text-canvas-text text-sm">
        <span className="grid size-5 place-items-center rounded-full border border-canvas-line text-2xs">
          {isDone ? '✓' : number}
        </span>
        {title}
        {isDone && <span className="sr-only">, done</span>}
      </h2>
      {children}
    </li>
  );
}
