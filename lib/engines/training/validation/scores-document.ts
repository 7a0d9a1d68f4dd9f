import {
  fitnessOf,
  type ModelScores,
  namedMetrics,
  shapeMetrics,
} from '@/lib/engines/training/validation/model-scores';

/** What a measured model is told as to programs: plain JSON. */
export function scoresDocument(scores: ModelScores, names: readonly string[]) {
  const { task, images, milliseconds } = scores;
  return {
    task,
    images,
    metrics: namedMetrics(scores),
    fitness: fitnessOf(scores),
    millisecondsPerImage: {
      inference: milliseconds.inference / Math.max(images, 1),
      comparison: milliseconds.comparison / Math.max(images, 1),
    },
    classes: scores.task === 'classify' ? [] : classDocuments(scores, names),
    confusion: { size: scores.confusion.size, counts: Array.from(scores.confusion.counts) },
  };
}

function classDocuments(scores: Exclude<ModelScores, { task: 'classify' }>, names: readonly string[]) {
  const shapes = [...shapeMetrics(scores)];
  return scores.boxes.classes.map(({ classId, truths, images }, k) => ({
    class: classId,
    name: names[classId] ?? `class${classId}`,
    images,
    instances: truths,
    ...Object.fromEntries(
      shapes.flatMap(([letter, { classes }]) => [
        [`precision(${letter})`, classes[k].precision],
        [`recall(${letter})`, classes[k].recall],
        [`mAP50(${letter})`, classes[k].map50],
        [`mAP50-95(${letter})`, classes[k].map50To95],
      ]),
    ),
  }));
}
