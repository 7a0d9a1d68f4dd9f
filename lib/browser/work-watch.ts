import { cancelledFault } from '@/lib/browser/call-queue';
import type { ConversionProgress, OpenProgress } from '@/lib/browser/vision-protocol';

/** To whom long work tells its progress, and who may stop it. */
export type WorkWatch<Progress> = {
  readonly onProgress: (progress: Progress) => void;
  readonly signal: AbortSignal;
};

/** The same watch over the part of the work that converts. */
export function conversionWatch({ onProgress, signal }: WorkWatch<OpenProgress>): WorkWatch<ConversionProgress> {
  return { signal, onProgress: (progress) => onProgress({ kind: 'converting', progress }) };
}

/** Throws `cancelled` once nobody wants the work any more. */
export function stopIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw cancelledFault();
}
