import { useEffect, useRef, useState } from 'react';
import { type ConversionChoice, convertOptions } from '@/components/test/dialogs/conversion-choice';
import { useTestActions } from '@/components/test/session/session-context';
import { toPlainFault } from '@/components/test/session/session-core';
import { downloadBlob } from '@/components/test/take-away/download-blob';
import type { ConversionProgress } from '@/lib/browser/vision-protocol';
import type { PlainFault } from '@/lib/core/fault';
import { fileStems } from '@/lib/engines/vision/exports/file-stems';

type SaveRequest =
  | { readonly format: 'onnx'; readonly choice: ConversionChoice; readonly isEndToEnd: boolean }
  | { readonly format: 'safetensors' };

type SavedFile = { readonly fileName: string; readonly sizeBytes: number };

/** Converts a model in the worker and hands the file to the browser's downloads. */
export function useSaveModel(modelKey: string, name: string) {
  const { convertModel } = useTestActions();
  const [progress, setProgress] = useState<ConversionProgress | null>(null);
  const [fault, setFault] = useState<PlainFault | null>(null);
  const [saved, setSaved] = useState<SavedFile | null>(null);
  const abort = useRef<AbortController | null>(null);

  // A dialog that closes stops its own conversion: the worker is free again for the page.
  useEffect(() => () => abort.current?.abort(), []);

  async function save(request: SaveRequest): Promise<void> {
    abort.current = new AbortController();
    const { signal } = abort.current;
    setFault(null);
    setSaved(null);
    setProgress({ step: 'building', share: 0 });
    try {
      const target =
        request.format === 'onnx'
          ? { format: request.format, options: convertOptions(request.choice, request.isEndToEnd) }
          : request;
      const blob = await convertModel(modelKey, target, { signal, onProgress: setProgress });
      const fileName = `${fileStems([name])[0] ?? 'model'}.${request.format}`;
      downloadBlob(blob, fileName);
      setSaved({ fileName, sizeBytes: blob.size });
    } catch (error) {
      const plain = toPlainFault(error);
      if (plain.code !== 'cancelled') setFault(plain);
    }
    setProgress(null);
  }

  return { save, cancel: () => abort.current?.abort(), progress, fault, saved };
}
