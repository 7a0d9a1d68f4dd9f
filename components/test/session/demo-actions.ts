import type { DemoScene } from '@/components/test/demo/demo-scenes';
import type { ImageActions } from '@/components/test/session/image-actions';
import { addImages, selectImage } from '@/components/test/session/image-transitions';
import type { ModelActions } from '@/components/test/session/model-actions';
import { type SessionCore, toPlainFault } from '@/components/test/session/session-core';
import { demoKey, isDemoKey } from '@/components/test/session/test-state';

export type DemoActions = ReturnType<typeof createDemoActions>;

/** Fetches a file of this page's own server. Rejects with a `Fault`. */
export type LoadDemoFile = (url: string) => Promise<Blob>;

/**
 * The demo: one model and one picture that are the program's own. They are not remembered, and step aside for what the person
 * brings: a model takes the place of its model, images that of its picture.
 */
export function createDemoActions(core: SessionCore, models: ModelActions, images: ImageActions) {
  /** Grows with every change of mind, so that a demo that is still being fetched does not come after all. */
  let turn = 0;

  function withdrawModel(): void {
    turn++;
    for (const { key } of core.get().models.filter((model) => isDemoKey(model.key))) {
      const removed = models.removeModel(key);
      if (removed) models.forgetModel(removed);
    }
  }

  function withdrawPicture(): void {
    turn++;
    for (const { id } of core.get().images.filter((image) => isDemoKey(image.id))) {
      const removed = images.removeImage(id);
      if (removed) images.forgetImage(removed.image);
    }
  }

  function leaveDemo(): void {
    withdrawModel();
    withdrawPicture();
  }

  return {
    withdrawModel,
    withdrawPicture,
    leaveDemo,

    /** Shows a scene with what its model sees in it, in the place of the demo before. */
    async showDemo({ task, model, picture }: DemoScene, load: LoadDemoFile): Promise<void> {
      leaveDemo();
      const mine = turn;
      try {
        const blob = await load(picture.url);
        if (turn !== mine) return;
        const id = demoKey(task);
        core.update((state) =>
          selectImage(addImages(state, [{ id, name: picture.fileName, blob }], core.ports.now()), id),
        );
        core.refreshShown();
        core.pump();
      } catch (error) {
        if (turn === mine) images.reportInput(toPlainFault(error));
        return;
      }
      await models.addHostedModel({
        key: demoKey(task),
        name: model.fileName,
        sizeBytes: 0,
        isKept: false,
        load: () => load(model.url),
      });
    },
  };
}
