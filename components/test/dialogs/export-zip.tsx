'use client';

import { Download } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useSession, useTest } from '@/components/test/session/session-context';
import { toPlainFault } from '@/components/test/session/session-core';
import { downloadBlob } from '@/components/test/take-away/download-blob';
import { zipResults } from '@/components/test/take-away/zip-results';
import { Button } from '@/components/ui/button';
import { FaultNote } from '@/components/ui/fault-note';
import { Switch } from '@/components/ui/switch';
import type { PlainFault } from '@/lib/core/fault';
import type { DialectName } from '@/lib/engines/vision/dialects/dialect';
import { dialects } from '@/lib/engines/vision/dialects/dialect-registry';

const dialectNames = Object.values(dialects).map(({ name }) => name);

type Progress = { readonly done: number; readonly total: number };

/** Everything about every image in one ZIP. */
export function ExportZip() {
  const session = useSession();
  const count = useTest((state) => state.images.length);
  const [withImages, setWithImages] = useState(true);
  const [chosen, setChosen] = useState<ReadonlySet<DialectName>>(new Set<DialectName>(['ultralytics']));
  const [progress, setProgress] = useState<Progress | null>(null);
  const [fault, setFault] = useState<PlainFault | null>(null);
  const abort = useRef<AbortController | null>(null);

  // A dialog that closes stops its own export: the worker is free again for the page.
  useEffect(() => () => abort.current?.abort(), []);

  async function save(): Promise<void> {
    const state = session.store.getState();
    const { maskOpacity, hiddenClasses, classColours } = state;
    abort.current = new AbortController();
    setFault(null);
    setProgress({ done: 0, total: count });
    try {
      const zip = await zipResults(session, {
        modelFileName: state.models.find(({ key }) => key === state.activeModelKey)?.name ?? 'model.onnx',
        dialects: dialectNames.filter((name) => chosen.has(name)),
        withImages,
        choice: { maskOpacity, hiddenClasses, classColours },
        signal: abort.current.signal,
        onProgress: (done, total) => setProgress({ done, total }),
      });
      downloadBlob(zip, 'predictions.zip');
    } catch (error) {
      const plain = toPlainFault(error);
      if (plain.code !== 'cancelled') setFault(plain);
    }
    setProgress(null);
  }

  function toggle(name: DialectName): void {
    const next = new Set(chosen);
    if (!next.delete(name)) next.add(name);
    setChosen(next);
  }

  return (
    <div className="grid gap-3 text-xs">
      <p className="text-muted">
        One ZIP of {count === 1 ? '1 image' : `${count} images`}: CSV, COCO, YOLO labels and class names, and what you
        choose here.
      </p>
      <Switch label="Annotated pictures (PNG, full resolution)" checked={withImages} onChange={setWithImages} />
      <fieldset className="grid gap-1 border-t pt-3">
        <legend className="sr-only">JSON formats</legend>
        <p aria-hidden className="mb-1 font-medium text-strong">
          JSON formats
        </p>
        <div className="grid gap-x-4 sm:grid-cols-2">
          {dialectNames.map((name) => (
            <label key={name} className="flex min-h-6 items-center gap-2 touch:min-h-11">
              <input
                type="checkbox"
                checked={chosen.has(name)}
                onChange={() => toggle(name)}
                className="size-3.5 accent-[var(--accent)] touch:size-5"
              />
              <span className="min-w-0 truncate">{dialects[name].title}</span>
            </label>
          ))}
        </div>
      </fieldset>
      {fault && <FaultNote {...fault} />}
      <div className="flex items-center justify-end gap-3">
        {progress && (
          <>
            <progress aria-label="Export" className="progress h-1 flex-1" max={progress.total} value={progress.done} />
            <span className="text-muted">
              {progress.done} of {progress.total}
            </span>
            <Button onClick={() => abort.current?.abort()}>Cancel</Button>
          </>
        )}
        {!progress && (
          <Button variant="primary" disabled={count === 0} onClick={save}>
            <Download size={14} aria-hidden />
            Save the ZIP
          </Button>
        )}
      </div>
    </div>
  );
}
