import { type HashOf, keepDraft } from '@/components/train/draft/keep-draft';
import { plainFault, type TrainCore } from '@/components/train/session/train-core';
import type { DraftState, TrainState } from '@/components/train/session/train-state';
import { blobSha256 } from '@/lib/browser/blob-sha256';
import type { DraftShelf } from '@/lib/browser/training/draft-shelf';

/** Keeps the page's draft as it changes. */
type DraftKeeper = {
  /** From now on what changes is kept; what is there already as well. */
  start(shelf: DraftShelf): void;
  /** Nothing is kept until it is started again; what is being written is waited for. */
  stop(): Promise<void>;
};

/** Milliseconds of rest after a change: boxes are drawn one after the other, and each would write the whole text. */
const restMs = 800;

/** Watches the page's state. A draft that could not be kept is told, and tried again with the next change. */
export function createDraftKeeper(core: TrainCore): DraftKeeper {
  const hashes = new Map<string, string>();
  let shelf: DraftShelf | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let writing: Promise<void> = Promise.resolve();

  const hashOf: HashOf = async ({ id, blob }) => {
    const hash = hashes.get(id) ?? (await blobSha256(blob).catch(() => null));
    if (hash !== null) hashes.set(id, hash);
    return hash;
  };

  function tell(change: Partial<DraftState>): void {
    core.update((state) => ({ ...state, draft: { ...state.draft, ...change } }));
  }

  async function write(): Promise<void> {
    const to = shelf;
    const state = core.get();
    if (to === null) return;
    try {
      const { kept, leftOut } = await keepDraft(to, state, hashOf);
      const isCurrent = isSameWork(core.get(), state);
      tell({ isKept: isCurrent && leftOut === 0, problem: leftOut === 0 ? null : leftOutWords(kept, leftOut) });
    } catch (error) {
      tell({ isKept: false, problem: `What you label is not kept for another visit. ${plainFault(error).found}` });
    }
  }

  function schedule(): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      writing = writing.then(write);
    }, restMs);
  }

  core.store.subscribe((state, before) => {
    if (isSameWork(state, before)) return;
    if (state.draft.isKept) tell({ isKept: false });
    if (shelf !== null) schedule();
  });

  return {
    start(next) {
      shelf = next;
      if (hasWork(core.get())) schedule();
    },
    async stop() {
      shelf = null;
      clearTimeout(timer);
      await writing;
    },
  };
}

/** Whether there is anything that somebody would miss. */
export function hasWork({ images, history }: TrainState): boolean {
  return images.length > 0 || history.present.labels.size > 0;
}

function isSameWork(one: TrainState, other: TrainState): boolean {
  return (
    one.images === other.images &&
    one.history.present === other.history.present &&
    one.settings === other.settings &&
    one.model === other.model &&
    one.skeleton === other.skeleton
  );
}

function leftOutWords(kept: number, leftOut: number): string {
  return `${kept} pictures with their labels are kept for another visit; ${leftOut} are too many for it, or can no longer be read. Save labels to have them all.`;
}
