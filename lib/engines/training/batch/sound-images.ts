import { Fault, type FaultCode } from '@/lib/core/fault';
import type { ImageCache } from '@/lib/engines/training/batch/image-cache';
import type { DatasetProblem } from '@/lib/engines/training/dataset/dataset-problem';

/** Images of a list by their position, without those that cannot be read. */
export type SoundImages<Item, Image> = {
  /**
   * The image at a position, or the next one in the list that can be read: which, depends on the files alone. Rejects with a
   * `Fault` (`input-invalid`) when there is none.
   */
  get(index: number): Promise<{ readonly item: Item; readonly image: Image }>;
  /** Problems that were found since this was last asked. */
  takeProblems(): DatasetProblem[];
};

export function createSoundImages<Item extends { readonly path: string }, Image extends { readonly data: Uint8Array }>(
  items: readonly Item[],
  cache: ImageCache<Image>,
): SoundImages<Item, Image> {
  const unreadable = new Set<number>();
  let problems: DatasetProblem[] = [];

  async function imageAt(index: number): Promise<Image | null> {
    const { path } = items[index];
    try {
      return await cache.get(path);
    } catch (error) {
      if (!isOfThisImage(error)) throw error;
      if (!unreadable.has(index)) problems.push({ file: path, line: null, found: `${error.found} It was skipped.` });
      unreadable.add(index);
      return null;
    }
  }

  return {
    async get(index) {
      for (let step = 0; step < items.length; step++) {
        const candidate = (index + step) % items.length;
        const image = unreadable.has(candidate) ? null : await imageAt(candidate);
        if (image) return { item: items[candidate], image };
      }
      throw new Fault({
        code: 'input-invalid',
        found: `Images were expected that can be read, and none of ${items.length} can: ${problems[0]?.found ?? 'all are damaged.'}`,
        remedy: 'Check the files that data.yaml names.',
      });
    },
    takeProblems() {
      const taken = problems;
      problems = [];
      return taken;
    },
  };
}

/** Faults of the machine and of whoever stopped the work. All others are those of the file that was read. */
const ofTheMachine = new Set<FaultCode>(['out-of-memory', 'device-lost', 'runtime-failed', 'cancelled']);

/** Whether an error of decoding speaks of one image, without which the others do as well. */
export function isOfThisImage(error: unknown): error is Fault {
  return error instanceof Fault && !ofTheMachine.has(error.code);
}
