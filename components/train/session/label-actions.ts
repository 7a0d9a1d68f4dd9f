import { boxOfLabel, centredBox, isLargeEnough, labelBox } from '@/components/train/document/box-geometry';
import { redo, undo } from '@/components/train/document/history';
import {
  addClass,
  addLabel,
  changeLabel,
  type DrawnLabel,
  objectsOf,
  removeClass,
  removeLabel,
  renameClass,
  withLabels,
  withNames,
  withoutLabels,
} from '@/components/train/document/train-document';
import type { TrainCore } from '@/components/train/session/train-core';
import { selectedImage, type TrainState, taskOf } from '@/components/train/session/train-state';
import type { Box, Size } from '@/lib/engines/geometry/shape';

export type LabelActions = ReturnType<typeof createLabelActions>;

/** What a person says of the selected image, and how classes are called. Nothing happens where there is no image to say it of. */
export function createLabelActions(core: TrainCore) {
  const { newId } = core.ports;

  /** The selected image with its size, which is known once it was decoded. */
  function subject(state: TrainState): { readonly id: string; readonly size: Size } | null {
    const image = selectedImage(state);
    return image?.size ? { id: image.id, size: image.size } : null;
  }

  function select(selectedLabelId: string | null): void {
    core.update((state) => ({ ...state, selectedLabelId }));
  }

  function addBox(box: Box): void {
    const state = core.get();
    const image = subject(state);
    if (!image || !isLargeEnough(box) || taskOf(state) !== 'detect') return;
    // The first box of somebody who has named nothing yet is of a class that can be named later.
    if (state.history.present.names.length === 0) core.edit((document) => addClass(document, 'object'));
    const { history, drawnClass } = core.get();
    const classId = Math.min(drawnClass, history.present.names.length - 1);
    const label = { id: newId(), classId, box: labelBox(box, image.size), outline: null, keypoints: null };
    core.edit((document) => addLabel(document, image.id, label));
    select(label.id);
  }

  function changeSelected(change: (label: DrawnLabel, size: Size) => DrawnLabel): void {
    core.edit((document, state) => {
      const image = subject(state);
      if (!image || state.selectedLabelId === null) return document;
      return changeLabel(document, image.id, state.selectedLabelId, (label) => change(label, image.size));
    });
  }

  return {
    selectLabel: select,

    /** The next label of the image, or the one before; round and round. */
    selectNeighbourLabel(step: 1 | -1): void {
      core.update((state) => {
        const objects = objectsOf(state.history.present, state.selectedImageId);
        if (objects.length === 0) return state;
        const at = objects.findIndex(({ id }) => id === state.selectedLabelId);
        const from = at < 0 && step < 0 ? 0 : at;
        return { ...state, selectedLabelId: objects[(from + step + objects.length) % objects.length].id };
      });
    },

    /** Adds a box, in pixels of the image, of the class that is drawn. */
    addBox,

    /** A box for hands that do not point; keys then move it. */
    addCentredBox(): void {
      const image = subject(core.get());
      if (image) addBox(centredBox(image.size));
    },

    setBox(labelId: string, box: Box): void {
      core.edit((document, state) => {
        const image = subject(state);
        if (!image || !isLargeEnough(box)) return document;
        return changeLabel(document, image.id, labelId, (label) => ({ ...label, box: labelBox(box, image.size) }));
      });
    },

    /** Moves or resizes the selected box by keys. */
    nudgeBox(nudge: (box: Box, image: Size) => Box): void {
      changeSelected((label, size) => ({ ...label, box: labelBox(nudge(boxOfLabel(label, size), size), size) }));
    },

    /** What is drawn from now on, and what the selected label is of. For whole images: what the image is. */
    chooseClass(classId: number): void {
      const state = core.get();
      if (!(classId in state.history.present.names)) return;
      core.update((before) => ({ ...before, drawnClass: classId }));
      const { selectedImageId } = state;
      if (taskOf(state) !== 'classify') changeSelected((label) => ({ ...label, classId }));
      else if (selectedImageId !== null) {
        core.edit((document) => withLabels(document, selectedImageId, { objects: [], classId }));
      }
    },

    removeSelectedLabel(): void {
      core.edit((document, { selectedImageId, selectedLabelId }) =>
        selectedImageId === null || selectedLabelId === null
          ? document
          : removeLabel(document, selectedImageId, selectedLabelId),
      );
      select(null);
    },

    /** Says that nothing of the classes is in the image, or takes that back. */
    toggleNothing(): void {
      core.edit((document, { selectedImageId }) => {
        if (selectedImageId === null) return document;
        const known = document.labels.get(selectedImageId);
        if (known === undefined) return withLabels(document, selectedImageId, { objects: [], classId: null });
        return known.objects.length === 0 ? withoutLabels(document, new Set([selectedImageId])) : document;
      });
    },

    addClass(name: string): void {
      core.edit((document) => addClass(document, name));
      core.update((state) => {
        const at = state.history.present.names.indexOf(name.trim());
        return at < 0 ? state : { ...state, drawnClass: at };
      });
    },
    renameClass: (classId: number, name: string) => core.edit((document) => renameClass(document, classId, name)),
    removeClass(classId: number): void {
      core.edit((document) => removeClass(document, classId));
      core.update((state) => ({ ...state, drawnClass: 0, selectedLabelId: null }));
    },
    /** Drops all names, and the labels with them, to begin with classes of one’s own. */
    clearClasses: () => core.edit((document) => withNames(document, [])),

    undo: () => core.travel(undo),
    redo: () => core.travel(redo),
  };
}
