import { labelsOfResult } from '@/components/train/document/labels-of-result';
import { type ImageLabels, withLabels, withNames, withoutLabels } from '@/components/train/document/train-document';
import { type FoundLabels, readDrop } from '@/components/train/intake/read-drop';
import { plainFault, type TrainCore } from '@/components/train/session/train-core';
import {
  mostImages,
  selectedImage,
  type TrainImage,
  type TrainState,
  taskOf,
} from '@/components/train/session/train-state';
import { type Collected, sortFiles } from '@/lib/browser/dropped-files';
import type { PlainFault } from '@/lib/core/fault';
import { defaultThresholds } from '@/lib/engines/vision/vision-result';

export type ImageActions = ReturnType<typeof createImageActions>;

type Hooks = {
  readonly openModel: (file: File) => void;
  /** Called when another picture is looked at. */
  readonly onSelect: () => void;
};

/** Pictures with the labels that come with them. */
export function createImageActions(core: TrainCore, { openModel, onSelect }: Hooks) {
  const { vision, thumbnails, newId } = core.ports;
  let measuring: Promise<void> = Promise.resolve();
  let looking = new AbortController();

  function report(inputFault: PlainFault | null): void {
    core.update((state) => ({ ...state, inputFault }));
  }

  /** Everything that was dropped, chosen or pasted, whatever it is. */
  async function takeFiles({ files, truncated }: Collected): Promise<void> {
    report(null);
    try {
      const { models, images, videos, others } = await sortFiles(files);
      if (models[0]) openModel(models[0].file);
      const state = core.get();
      const room = mostImages - state.images.length;
      const task = taskOf(state);
      const labels = others.filter(({ path }) => /\.(?:txt|ya?ml|names)$/i.test(path));
      if (images.length + labels.length === 0) {
        if (models.length === 0) report(nothingUseful(videos.length > 0));
        return;
      }
      if (task === null) return report(noTask());
      const read = await readDrop(
        { images, others: labels },
        { task, names: state.history.present.names, skeleton: state.skeleton, known: state.images },
      );
      const taken = read.images.slice(0, room).map((image) => ({ ...image, id: newId() }));
      addImages(
        taken.map(({ id, path, file, split }) => ({
          id,
          name: path,
          blob: file,
          size: null,
          thumbnailUrl: null,
          fault: null,
          split,
        })),
      );
      core.edit((document, { images: all }) => {
        let next = read.names === null ? document : withNames(document, read.names);
        for (const { id, found } of taken) if (found) next = withLabels(next, id, labelled(found));
        for (const [name, found] of read.labelsOfKnown) {
          const image = all.find((known) => known.name === name);
          if (image) next = withLabels(next, image.id, labelled(found));
        }
        return next;
      });
      core.update((before) => ({
        ...before,
        skeleton: read.skeleton ?? before.skeleton,
        problems: [...before.problems, ...read.problems],
        inputFault: truncated || read.images.length > room ? tooMany(read.images.length) : before.inputFault,
      }));
    } catch (error) {
      report(plainFault(error));
    }
  }

  function labelled(found: FoundLabels): ImageLabels {
    if (found.kind === 'class') return { objects: [], classId: found.classId };
    return { objects: found.objects.map((label) => ({ ...label, id: newId() })), classId: null };
  }

  function addImages(added: readonly TrainImage[]): void {
    core.update((state) => ({ ...state, images: [...state.images, ...added] }));
    const [first] = added;
    if (first && core.get().selectedImageId === null) select(first.id);
    measuring = measuring.then(async () => {
      for (const { id, blob } of added) await measure(id, blob);
    });
  }

  /** Finds out a picture's size and draws its thumbnail, or what is wrong with it. */
  async function measure(id: string, blob: Blob): Promise<void> {
    const isThere = () => core.get().images.some((image) => image.id === id);
    if (!isThere()) return;
    try {
      const bitmap = await vision.decode(blob);
      const size = { width: bitmap.width, height: bitmap.height };
      const thumbnailUrl = await thumbnails.make(bitmap);
      bitmap.close();
      if (isThere()) core.update((state) => mapImage(state, id, (image) => ({ ...image, size, thumbnailUrl })));
      else thumbnails.release(thumbnailUrl);
    } catch (error) {
      core.update((state) => mapImage(state, id, (image) => ({ ...image, fault: plainFault(error) })));
    }
  }

  function select(id: string | null): void {
    core.update((state) => ({ ...state, selectedImageId: id, selectedLabelId: null }));
    void look();
    onSelect();
  }

  /** Decodes the selected picture for the stage. */
  async function look(): Promise<void> {
    looking.abort();
    looking = new AbortController();
    const { signal } = looking;
    const image = selectedImage(core.get());
    if (!image) return show(null);
    try {
      const bitmap = await vision.decode(image.blob, { signal });
      if (signal.aborted) return bitmap.close();
      show({ imageId: image.id, bitmap });
      const size = { width: bitmap.width, height: bitmap.height };
      core.update((state) => mapImage(state, image.id, (known) => (known.size ? known : { ...known, size })));
    } catch (error) {
      if (signal.aborted) return;
      show(null);
      core.update((state) => mapImage(state, image.id, (known) => ({ ...known, fault: plainFault(error) })));
    }
  }

  function show(shown: TrainState['shown']): void {
    const { bitmap } = core.get().shown ?? {};
    core.update((state) => ({ ...state, shown }));
    bitmap?.close();
  }

  return {
    addImages,
    takeFiles,
    reportInput: report,
    selectImage: select,

    selectNeighbour(step: 1 | -1): void {
      const { images, selectedImageId } = core.get();
      const at = images.findIndex(({ id }) => id === selectedImageId);
      const next = images[Math.min(Math.max(at + step, 0), images.length - 1)];
      if (next && next.id !== selectedImageId) select(next.id);
    },

    /** Takes a picture away; what is given back brings it again, with its labels. */
    removeImage(id: string): (() => void) | null {
      const { images, history } = core.get();
      const index = images.findIndex((image) => image.id === id);
      if (index < 0) return null;
      const labels = history.present.labels.get(id);
      core.update((state) => ({ ...state, images: state.images.filter((image) => image.id !== id) }));
      core.edit((document) => withoutLabels(document, new Set([id])));
      if (core.get().selectedImageId === id) select(images[index + 1]?.id ?? images[index - 1]?.id ?? null);
      return () => {
        core.update((state) => ({ ...state, images: state.images.toSpliced(index, 0, images[index]) }));
        if (labels) core.edit((document) => withLabels(document, id, labels));
        select(id);
      };
    },

    clearProblems: () => core.update((state) => ({ ...state, problems: [] })),

    /** Labels the selected picture with what the model sees in it, in place of what was there. */
    async startFromPredictions(): Promise<void> {
      const state = core.get();
      const image = selectedImage(state);
      const { model } = state;
      if (!image || model.kind !== 'file') return;
      try {
        const { result } = await vision.predict({
          modelId: model.modelId,
          spec: model.spec,
          image: { kind: 'blob', blob: image.blob },
          imgsz: null,
          thresholds: defaultThresholds,
          wantBitmap: false,
        });
        // It may have been taken away while the model looked at it.
        if (!core.get().images.some(({ id }) => id === image.id)) return;
        const labels = labelsOfResult(result, model.task, core.get().history.present.names, newId);
        if (labels === null) return report(sawNothing(image.name));
        core.edit((document) => withLabels(document, image.id, labels));
      } catch (error) {
        report(plainFault(error));
      }
    },

    dispose(): void {
      looking.abort();
      show(null);
      for (const { thumbnailUrl } of core.get().images) if (thumbnailUrl !== null) thumbnails.release(thumbnailUrl);
    },
  };
}

function mapImage(state: TrainState, id: string, change: (image: TrainImage) => TrainImage): TrainState {
  return { ...state, images: state.images.map((image) => (image.id === id ? change(image) : image)) };
}

function nothingUseful(hasVideo: boolean): PlainFault {
  return {
    code: 'input-invalid',
    found: hasVideo
      ? 'A video was dropped, and training takes single pictures.'
      : 'There is no picture, label file or model in what was dropped.',
    remedy: hasVideo
      ? 'Keep frames of it on the Test tab, and drop those.'
      : 'Drop JPG, PNG, WebP, AVIF or BMP images, YOLO label files (.txt), a folder with its data.yaml, or a .pt.',
  };
}

function noTask(): PlainFault {
  return {
    code: 'input-invalid',
    found: 'What labels mean depends on the model, and there is none yet.',
    remedy: 'Choose a model first, then drop the pictures again.',
  };
}

function tooMany(count: number): PlainFault {
  return {
    code: 'input-invalid',
    found: `${count} pictures were dropped, and this page holds ${mostImages}; the first of them are here.`,
    remedy: 'Train larger sets with the command line: sightline train data=data.yaml.',
  };
}

function sawNothing(name: string): PlainFault {
  return {
    code: 'input-invalid',
    found: `The model sees nothing of these classes in ${name}.`,
    remedy: 'Draw the boxes by hand, or give the classes the names that the model has for them.',
  };
}
