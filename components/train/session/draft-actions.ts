import { startHistory } from '@/components/train/document/history';
import { emptyDocument, type TrainDocument } from '@/components/train/document/train-document';
import { createDraftKeeper, hasWork } from '@/components/train/draft/draft-keeper';
import { restoredDocument } from '@/components/train/draft/restored-document';
import type { TrainCore } from '@/components/train/session/train-core';
import {
  type DraftOffer,
  type DraftState,
  isBusy,
  mostImages,
  type TrainImage,
} from '@/components/train/session/train-state';
import type { DraftShelf } from '@/lib/browser/training/draft-shelf';
import type { PlainFault } from '@/lib/core/fault';

export type DraftActions = ReturnType<typeof createDraftActions>;

/** What can be done about something that was discarded, as long as it is not gone. */
type Discarded = { readonly undo: () => void; readonly expire: () => Promise<void> };

type Hooks = {
  readonly addImages: (images: readonly TrainImage[]) => void;
  readonly selectImage: (id: string | null) => void;
  readonly openStoredModel: (modelId: string, name: string) => Promise<void>;
};

/** What a person has put together, kept on this machine until the next visit. */
export function createDraftActions(core: TrainCore, { addImages, selectImage, openStoredModel }: Hooks) {
  const keeper = createDraftKeeper(core);
  let shelf: DraftShelf | null = null;

  function tell(change: Partial<DraftState>): void {
    core.update((state) => ({ ...state, draft: { ...state.draft, ...change } }));
  }

  function keepOn(): void {
    if (shelf !== null && core.get().draft.offer === null) keeper.start(shelf);
  }

  /** The model and the settings of the draft, where nobody has chosen others yet. */
  async function restoreChoices({ draft: { model, settings, skeleton } }: DraftOffer): Promise<void> {
    const isUntouched = core.get().model.kind === 'fresh';
    core.update((state) => ({ ...state, skeleton: state.skeleton ?? skeleton }));
    if (!isUntouched) return;
    if (model?.kind === 'fresh') core.update((state) => ({ ...state, model }));
    if (model?.kind === 'file') {
      await openStoredModel(model.modelId, model.name);
      const { model: opened } = core.get();
      // A .pt that was dropped here is kept only if the Test tab has seen it.
      if (opened.kind === 'refused' && opened.fault.code === 'file-not-found') {
        core.update((state) => ({ ...state, model: { ...opened, fault: notKept(model.name) } }));
      }
    }
    core.update((state) => ({ ...state, settings }));
  }

  /** Brings pictures back beside what came in the meantime. */
  function rejoin(images: readonly TrainImage[], { names, labels }: TrainDocument): void {
    core.update((state) => ({ ...state, images: [...state.images, ...images].slice(0, mostImages) }));
    const pictures = images.map(({ id }) => ({ imageId: id, labels: labels.get(id) ?? null }));
    core.edit((document) => restoredDocument(document, names, pictures, core.ports.newId));
  }

  function discardOffer(offer: DraftOffer): Discarded {
    tell({ offer: null });
    return {
      undo: () => tell({ offer }),
      expire: async () => {
        await shelf?.discard();
        keepOn();
      },
    };
  }

  async function discardWork(): Promise<Discarded> {
    await keeper.stop();
    const { images, history, selectedImageId, problems } = core.get();
    core.update((state) => ({ ...state, images: [], history: startHistory(emptyDocument), problems: [] }));
    selectImage(null);
    return {
      undo() {
        if (hasWork(core.get())) rejoin(images, history.present);
        else core.update((state) => ({ ...state, images, history, problems }));
        selectImage(selectedImageId);
        keepOn();
      },
      async expire() {
        await shelf?.discard();
        keepOn();
      },
    };
  }

  return {
    /** Looks for the draft of an earlier visit, once a visit; from then on this one is kept. */
    async findDraft(): Promise<void> {
      try {
        shelf = await core.ports.draftShelf();
        if (shelf === null) return;
        // The rules of the format come after the page, which does not wait for them.
        const { readDraft } = await import('@/components/train/draft/draft-format');
        const shelved = await shelf.load((text) => new Set(readDraft(text)?.pictures.map(({ hash }) => hash)));
        const draft = shelved ? readDraft(shelved.text) : null;
        if (shelved && draft && shelved.pictures.size > 0) tell({ offer: { draft, pictures: shelved.pictures } });
        else if (shelved && draft?.pictures.length !== 0) {
          await shelf.discard();
          tell({ loss: 'What an earlier visit kept of its labels could not be read, and was removed.' });
        }
      } catch {
        shelf = null;
      }
      keepOn();
    },

    /** Brings the draft back, beside what is on the page by now. */
    async restoreDraft(): Promise<void> {
      const { offer } = core.get().draft;
      if (offer === null || isBusy(core.get())) return;
      tell({ offer: null, loss: null });
      const room = mostImages - core.get().images.length;
      const found = offer.draft.pictures.flatMap((picture) => {
        const blob = offer.pictures.get(picture.hash);
        return blob ? [{ ...picture, blob, imageId: core.ports.newId() }] : [];
      });
      const taken = found.slice(0, room);
      addImages(
        taken.map(({ imageId, name, blob, split }) => ({
          id: imageId,
          name,
          blob,
          split,
          size: null,
          thumbnailUrl: null,
          fault: null,
        })),
      );
      core.edit((document) => restoredDocument(document, offer.draft.names, taken, core.ports.newId));
      const lost = offer.draft.pictures.length - taken.length;
      if (lost > 0) tell({ loss: `${lost} of ${offer.draft.pictures.length} pictures of the draft are not here.` });
      await restoreChoices(offer);
      keepOn();
    },

    /** Takes away the draft that is offered, or else all pictures and labels of the page; null where there is neither. */
    async discardDraft(): Promise<Discarded | null> {
      const state = core.get();
      if (state.draft.offer !== null) return discardOffer(state.draft.offer);
      return isBusy(state) || !hasWork(state) ? null : discardWork();
    },

    stopKeeping: () => void keeper.stop(),
  };
}

function notKept(name: string): PlainFault {
  return {
    code: 'file-not-found',
    found: `${name}, which the draft was made with, is not kept on this machine.`,
    remedy: 'Choose the file again, or take a new network. The labels are here.',
  };
}
