import { Fault } from '@/lib/core/fault';
import type { TrainingBatch } from '@/lib/engines/training/batch/training-batch';
import type { TrainingSet } from '@/lib/engines/training/batch/training-set';
import type { TrainingData } from '@/lib/engines/training/loop/training-data';
import type { TrainingEvent } from '@/lib/engines/training/loop/training-event';
import { labelsPlot } from '@/lib/engines/training/plots/labels-plot';
import {
  mostTiles,
  type PictureSheet,
  pictureSheet,
  type SheetObject,
  type SheetTile,
} from '@/lib/engines/training/plots/picture-sheet';
import { scorePlots } from '@/lib/engines/training/plots/score-plots';
import { tileObjects, tilesOfBatch, wholeImage } from '@/lib/engines/training/plots/sheet-tiles';
import type { RunStore } from '@/lib/engines/training/run-folder/run-store';
import type { ModelScores } from '@/lib/engines/training/validation/model-scores';
import type { ComparedImage } from '@/lib/engines/training/validation/validate-model';

/** Paints what was labelled or predicted over a sheet of images, as the bytes of a PNG; labels have no scores to be written. */
export type DrawPicture = (sheet: PictureSheet, kind: 'labels' | 'predictions') => Promise<Uint8Array>;

type Drawing = {
  readonly store: RunStore;
  readonly tell: (event: TrainingEvent) => void;
  readonly data: TrainingData;
  readonly imgsz: number;
  /** Whether anything is drawn; pictures are only where there is a painter. */
  readonly plots: boolean;
  readonly draw: DrawPicture | null;
};

/** The plots and pictures of a run. What cannot be drawn or written is told, and the run goes on. */
export type RunPictures = {
  labels(): Promise<void>;
  /** Of the first few batches of a run. */
  batch(batch: TrainingBatch, number: number): Promise<void>;
  /** Remembers the first images that the best weights are measured on. */
  compared(image: ComparedImage, planes: Float32Array): void;
  scores(scores: ModelScores): Promise<void>;
};

/** Batches that are drawn. */
const drawnBatches = 3;

/** Predictions below are not shown; the field’s. */
const shownScore = 0.25;

export function createRunPictures({ store, tell, data, imgsz, plots, draw }: Drawing): RunPictures {
  const labelled: SheetTile[] = [];
  const predicted: SheetTile[] = [];

  async function keep(name: string, make: () => Promise<Uint8Array | string>): Promise<void> {
    if (!plots) return;
    try {
      await store.write(name, await make());
      tell({ kind: 'saved', file: name });
    } catch (error) {
      const why = error instanceof Fault ? error.found : String(error);
      tell({ kind: 'notice', text: `${name} could not be drawn. ${why}` });
    }
  }

  async function keepSheet(
    name: string,
    tiles: readonly SheetTile[],
    kind: 'labels' | 'predictions' = 'labels',
  ): Promise<void> {
    if (!plots || draw === null || tiles.length === 0) return;
    const sheet = pictureSheet(tiles, imgsz, data.names, data.task === 'classify' ? 'detect' : data.task);
    await keep(name, () => draw(sheet, kind));
  }

  return {
    labels: () => keep('labels.svg', async () => labelsPlot(labelCounts(data), data.names)),
    async batch(batch, number) {
      if (number < drawnBatches) await keepSheet(`train_batch${number}.png`, tilesOfBatch(batch));
    },
    compared(image, planes) {
      if (!plots || draw === null || labelled.length === mostTiles) return;
      const own = planes.slice();
      const { truths, found } = objectsOf(image, imgsz);
      labelled.push({ planes: own, objects: truths });
      predicted.push({ planes: own, objects: found });
    },
    async scores(scores) {
      for (const [name, plot] of scorePlots(scores, data.names)) await keep(name, async () => plot);
      await keepSheet('val_labels.png', labelled);
      await keepSheet('val_pred.png', predicted, 'predictions');
    },
  };
}

function objectsOf(image: ComparedImage, imgsz: number): { truths: SheetObject[]; found: SheetObject[] } {
  if (image.kind === 'class') {
    return {
      truths: [wholeImage(image.labelled, 1, imgsz)],
      found: [wholeImage(image.predicted, image.score, imgsz)],
    };
  }
  const { truths, predictions } = image;
  return {
    truths: tileObjects(truths, null, 0),
    found: tileObjects(predictions, predictions.scores, shownScore),
  };
}

function labelCounts({ train, names }: TrainingData): number[] {
  const counts = names.map(() => 0);
  for (const classId of classIdsOf(train)) counts[classId]++;
  return counts;
}

function classIdsOf(set: TrainingSet): number[] {
  if (set.task === 'classify') return set.images.map(({ classId }) => classId);
  return set.images.flatMap(({ labels }) => labels.map(({ classId }) => classId));
}
