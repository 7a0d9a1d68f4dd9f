import {
  addImages,
  removeImages,
  restoreImage,
  resumeQueue,
  retryImage,
  selectImage,
  selectNeighbour,
  stopQueue,
} from '@/components/test/session/image-transitions';
import type { SessionCore } from '@/components/test/session/session-core';
import type { ImageEntry, TestState } from '@/components/test/session/test-state';
import type { PlainFault } from '@/lib/core/fault';

export type ImageActions = ReturnType<typeof createImageActions>;

/** A picture with the name it is to be listed and exported under. */
export type NamedBlob = { readonly name: string; readonly blob: Blob };

export function createImageActions(core: SessionCore) {
  const { now, thumbnails } = core.ports;

  function change(transition: (state: TestState) => TestState): void {
    core.update(transition);
    core.refreshShown();
    core.pump();
  }

  return {
    /** Adds images to the strip and shows the first of them. */
    addImages(files: readonly NamedBlob[]): void {
      const added = files.map(({ name, blob }) => ({ id: crypto.randomUUID(), name, blob }));
      const first = added[0];
      change((state) => {
        const next = addImages(state, added, now());
        return first ? selectImage(next, first.id) : next;
      });
    },

    selectImage: (id: string) => change((state) => selectImage(state, id)),
    selectNeighbour: (step: number) => change((state) => selectNeighbour(state, step)),

    removeImage(id: string): { readonly image: ImageEntry; readonly index: number } | null {
      const index = core.get().images.findIndex((image) => image.id === id);
      const image = core.get().images[index];
      if (!image) return null;
      change((state) => removeImages(state, new Set([id]), now()));
      return { image, index };
    },

    /** Empties the strip; gives back what was in it, to restore or to forget. */
    removeAllImages(): readonly ImageEntry[] {
      const { images } = core.get();
      core.interrupt();
      change((state) => removeImages(state, new Set(images.map(({ id }) => id)), now()));
      return images;
    },

    restoreImages(images: readonly ImageEntry[]): void {
      change((state) => images.reduce((next, image, index) => restoreImage(next, image, index, now()), state));
    },

    restoreImage: (image: ImageEntry, index: number) => change((state) => restoreImage(state, image, index, now())),

    /** Makes a removal final: what was kept of the image is freed. */
    forgetImage(image: ImageEntry): void {
      if (!core.get().images.some((other) => other.id === image.id)) forget(image);
    },

    cancelQueue(): void {
      core.interrupt();
      change(stopQueue);
    },

    resumeQueue: () => change((state) => resumeQueue(state, now())),
    retryImage: (id: string) => change((state) => retryImage(state, id, now())),
    reportInput: (inputFault: PlainFault | null) => core.update((state) => ({ ...state, inputFault })),
  };

  function forget(image: ImageEntry): void {
    core.runs.deleteWhere((key) => key.startsWith(`${image.id}|`));
    core.bitmaps.delete(image.id);
    if (image.thumbnailUrl !== null) thumbnails.release(image.thumbnailUrl);
  }
}
