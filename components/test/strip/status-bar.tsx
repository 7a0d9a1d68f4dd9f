'use client';

import { Info } from 'lucide-react';
import { useTest, useTestActions } from '@/components/test/session/session-context';
import { slowSentence } from '@/components/test/strip/slow-sentence';
import { TimingBar } from '@/components/test/strip/timing-bar';
import { formatBytes } from '@/components/ui/format';
import { Select } from '@/components/ui/select';
import type { BackendPreference, BackendReport } from '@/lib/browser/vision-protocol';

const backendNames = { webgpu: 'WebGPU', wasm: 'WASM', cpu: 'CPU' } as const;

/** Where the time goes, where the model runs, and why it is not faster. */
export function StatusBar() {
  const primary = useTest((state) => state.shown.primary);
  const draw = useTest((state) => state.drawMilliseconds);
  const download = useTest((state) => state.download);
  const isRunning = useTest((state) => state.images.some(({ run }) => run.status === 'running'));
  const precision = useTest((state) => {
    const model = state.models.find(({ key }) => key === state.activeModelKey);
    return model?.content.status === 'ready' ? model.content.identity.facts.precision : null;
  });
  return (
    <footer className="flex min-h-7 items-center gap-x-4 gap-y-1 overflow-x-auto whitespace-nowrap border-t bg-base px-3 py-1 text-2xs text-muted">
      {primary ? (
        <TimingBar
          steps={{
            decode: primary.run.timings.decode,
            letterbox: primary.run.timings.letterbox,
            inference: primary.run.timings.inference,
            postprocess: primary.interpretMilliseconds ?? primary.run.timings.postprocess,
            draw: draw ?? 0,
          }}
        />
      ) : (
        <span>{isRunning ? 'Running the model…' : 'Ready. Everything is computed on this machine.'}</span>
      )}
      <div className="ml-auto flex items-center gap-3">
        {download && (
          <span role="status" className="flex items-center gap-2">
            <progress
              aria-label="Loading the runtime"
              className="progress h-1 w-20"
              max={download.totalBytes ?? undefined}
              value={download.totalBytes === null ? undefined : download.loadedBytes}
            />
            Loading the runtime, {formatBytes(download.loadedBytes)}
          </span>
        )}
        {primary && <Backend report={primary.run.backend} precision={precision} />}
      </div>
    </footer>
  );
}

const preferences: readonly { readonly value: BackendPreference; readonly label: string }[] = [
  { value: 'auto', label: 'The fastest that works' },
  { value: 'webgpu', label: 'WebGPU, the graphics device' },
  { value: 'wasm', label: 'WASM, the processor' },
];

type BackendProps = { readonly report: BackendReport; readonly precision: string | null };

/** Where the model runs; opened, why not faster, and the choice. */
function Backend({ report, precision }: BackendProps) {
  const { setBackend } = useTestActions();
  const preference = useTest((state) => state.backendPreference);
  const { backend, threads, device, slowReasons } = report;
  const words = [
    backendNames[backend],
    backend === 'webgpu' ? device : `${threads} ${threads === 1 ? 'thread' : 'threads'}`,
    precision,
  ].filter((word) => word !== null && word !== '');
  return (
    <details className="relative">
      <summary className="flex h-6 list-none items-center gap-2 rounded-chip px-1 hover:bg-hover touch:h-11">
        <span data-testid="backend" className="text-body">
          {words.join(' · ')}
        </span>
        {slowReasons.length > 0 && (
          <span className="flex items-center gap-1 hover:text-strong">
            <Info size={12} aria-hidden />
            Why not faster
          </span>
        )}
      </summary>
      <div className="fixed right-3 bottom-9 z-20 grid w-80 max-w-[calc(100vw-24px)] gap-2.5 whitespace-normal rounded-panel bg-overlay p-3 text-body text-xs shadow-float">
        {slowReasons.map((reason) => (
          <p key={reason}>{slowSentence(reason)}</p>
        ))}
        <div className="flex items-center justify-between gap-2">
          Run on
          <Select
            label="Where the model runs"
            value={preference}
            options={preferences}
            onChange={(value) => void setBackend(value)}
          />
        </div>
      </div>
    </details>
  );
}
