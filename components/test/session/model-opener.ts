import { hearOpening, openedModel, refuseModel } from '@/components/test/session/model-transitions';
import { type SessionCore, toPlainFault } from '@/components/test/session/session-core';

/** A file on its way into the panel. */
export type Opening = {
  readonly name: string;
  readonly file: Blob;
  /** What this machine keeps of it; null for a file that is new here. */
  readonly remembered: { readonly modelId: string; readonly readingIndex: number | null } | null;
  /** Whether a file that is new here is to be remembered. */
  readonly isKept: boolean;
};

type OpenerEvents = {
  /** Whether this model is the one to be used. */
  readonly isWanted: (key: string) => boolean;
  readonly onOpened: () => void;
};

/** Opens model files for rows of the panel, and stops when a row is taken away. */
export function createModelOpener(core: SessionCore, { isWanted, onOpened }: OpenerEvents) {
  const { client, modelStore } = core.ports;
  const underWay = new Map<string, { readonly opening: Opening; readonly abort: AbortController }>();

  /** Takes a file in hand, so that it can be stopped from now on; it is read when what is given back is called. */
  function prepare(key: string, opening: Opening): () => Promise<void> {
    const abort = new AbortController();
    underWay.set(key, { opening, abort });
    return () => read(key, opening, abort);
  }

  async function read(key: string, { name, file, remembered, isKept }: Opening, abort: AbortController): Promise<void> {
    // Taken away before its turn or while it was read, and perhaps put back since: that is another opening.
    const isStopped = () => underWay.get(key)?.abort !== abort;
    if (isStopped()) return;
    try {
      const opened = await client.openModel(file, {
        signal: abort.signal,
        onProgress: (told) => isStopped() || core.update((state) => hearOpening(state, key, told)),
      });
      if (isStopped()) return;
      underWay.delete(key);
      const readingIndex = remembered?.readingIndex ?? null;
      core.update((state) => openedModel(state, key, file, opened, readingIndex, isWanted(key)));
      onOpened();
      // A full or forbidden store costs nothing but the remembering: the model stays open in this visit.
      if (isKept && !remembered)
        await (await modelStore()).saveModel(opened.modelId, file, { name }).catch(() => undefined);
    } catch (error) {
      if (isStopped()) return;
      underWay.delete(key);
      core.update((state) => refuseModel(state, key, toPlainFault(error)));
    }
  }

  return {
    prepare,

    /** Reads a file, puts it into its row and, when it is new, remembers it on this machine. */
    async open(key: string, opening: Opening): Promise<void> {
      // A row may be taken away while its file is still being fetched.
      if (core.get().models.some((model) => model.key === key)) await prepare(key, opening)();
    },

    /** Ends the opening of a row, and gives back what it takes to begin it again; null when there is none. */
    stop(key: string): Opening | null {
      const found = underWay.get(key);
      underWay.delete(key);
      found?.abort.abort();
      return found?.opening ?? null;
    },
  };
}
