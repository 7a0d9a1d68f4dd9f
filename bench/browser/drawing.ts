/// <reference lib="dom" />

import { offscreenAssets } from '@/lib/browser/offscreen-assets';
import { seededRandom } from '@/lib/engines/model-files/test-support/seeded-random';
import { annotatedView } from '@/lib/engines/overlay/annotated-view';
import { classColour } from '@/lib/engines/overlay/class-colour';
import { paintOverlay } from '@/lib/engines/overlay/paint-overlay';
import type { Detection, VisionResult } from '@/lib/engines/vision/vision-result';

const image = { width: 1280, height: 800 };
const count = 300;
const random = seededRandom(3);
const names = Array.from({ length: 80 }, (_, index) => `class ${index}`);

const detections = Array.from({ length: count }, (_, index): Detection => {
  const width = 20 + random() * 120;
  const height = 20 + random() * 120;
  const x1 = random() * (image.width - width);
  const y1 = random() * (image.height - height);
  return {
    index,
    classId: Math.floor(random() * 80),
    score: 1 - index / count,
    box: { x1, y1, x2: x1 + width, y2: y1 + height },
    oriented: null,
    mask: null,
    keypoints: null,
  };
});
const result: VisionResult = { task: 'detect', image, names, detections };
const view = annotatedView(image);
const assets = offscreenAssets();

function context(): CanvasRenderingContext2D {
  const canvas = document.createElement('canvas');
  canvas.width = image.width;
  canvas.height = image.height;
  const drawing = canvas.getContext('2d', { willReadFrequently: true });
  if (!drawing) throw new Error('This browser draws no 2D canvas.');
  return drawing;
}

/** The same strokes, chips and texts by hand, as a tutorial would draw them. */
function drawRaw(drawing: CanvasRenderingContext2D): void {
  drawing.font = `${view.fontSize}px sans-serif`;
  drawing.lineWidth = view.lineWidth;
  drawing.textBaseline = 'middle';
  for (const { box, classId, score } of detections) {
    const { css } = classColour(classId);
    drawing.strokeStyle = css;
    drawing.strokeRect(box.x1, box.y1, box.x2 - box.x1, box.y2 - box.y1);
    const label = `${names[classId]} ${score.toFixed(2)}`;
    const { width } = drawing.measureText(label);
    drawing.fillStyle = css;
    drawing.fillRect(box.x1, box.y1 - 20, width + 8, 20);
    drawing.fillStyle = 'black';
    drawing.fillText(label, box.x1 + 4, box.y1 - 10);
  }
}

/** Milliseconds of both, in turn, each read back so that the raster is done and not only recorded. */
function measureDrawing(runs: number): { painter: number[]; raw: number[] } {
  const ours = context();
  const theirs = context();
  const times = { painter: [] as number[], raw: [] as number[] };
  const timed = (drawing: CanvasRenderingContext2D, draw: () => void): number => {
    drawing.clearRect(0, 0, image.width, image.height);
    const started = performance.now();
    draw();
    drawing.getImageData(0, 0, 1, 1);
    return performance.now() - started;
  };
  for (let i = 0; i < runs; i++) {
    times.painter.push(timed(ours, () => paintOverlay(ours, result, view, assets)));
    times.raw.push(timed(theirs, () => drawRaw(theirs)));
  }
  return times;
}

Reflect.set(window, 'measureDrawing', measureDrawing);
