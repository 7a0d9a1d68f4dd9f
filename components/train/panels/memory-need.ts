import type { TrainSettings } from '@/components/train/session/train-state';

/** Bytes for each pixel of a batch that a step of a small network holds: activations, and their gradients. */
const bytesPerPixel = 700;

/** The runtime, the graphs and the vectors of a small network. */
const baseBytes = 150 * 2 ** 20;

/** From here on the page warns: other tabs need memory too. */
export const warnBytes = 1.5 * 2 ** 30;

/** An estimate for networks of the smallest sizes; larger ones take a multiple. */
export function memoryNeed({ imgsz, batch }: Pick<TrainSettings, 'imgsz' | 'batch'>): number {
  return baseBytes + bytesPerPixel * batch * imgsz ** 2;
}

/** A batch that stays below the warning, for the remedy. */
export function fittingBatch(imgsz: number): number {
  return Math.max(1, Math.floor((warnBytes - baseBytes) / (bytesPerPixel * imgsz ** 2)));
}
