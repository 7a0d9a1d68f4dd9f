import { aerialStage } from '@/lib/engines/scenes/aerial/aerial-stage';
import { closeUpStage } from '@/lib/engines/scenes/close-up/close-up-stage';
import { cleanDevelopment, type Development, develop, randomDevelopment } from '@/lib/engines/scenes/develop';
import { measureCast } from '@/lib/engines/scenes/labels/measure-cast';
import type { SceneObject } from '@/lib/engines/scenes/labels/scene-object';
import { type SceneRandom, sceneRandom } from '@/lib/engines/scenes/random';
import { classesOf, type SceneTask } from '@/lib/engines/scenes/scene-classes';
import type { SceneSize } from '@/lib/engines/scenes/scene-size';
import { sportStage } from '@/lib/engines/scenes/sport/sport-stage';
import { paintStage, type StageDesign } from '@/lib/engines/scenes/stage';
import { streetStage } from '@/lib/engines/scenes/street/street-stage';

/** A picture of the demo world and what is in it. */
export type DrawnScene = {
  readonly width: number;
  readonly height: number;
  /** Rows of red, green, blue. */
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
  /** What is labelled, in the order of painting: the farthest first. */
  readonly objects: readonly SceneObject[];
};

/**
 * One scene of a task. The same numbers give the same pixels and labels on every machine. Consecutive values of `turn` go round the kinds of
 * scenes (for classification: the classes), so that a data set has as many of each.
 */
export function drawScene(task: SceneTask, seed: number, size: SceneSize, turn: number = seed): DrawnScene {
  const random = sceneRandom(seed);
  const designs = designsOf[task];
  const design = designs[turn % designs.length];
  return drawStage(design, random, size, randomDevelopment(random.fork('camera')));
}

/** A scene of a design, as clean as it was painted. */
export function drawStage(
  design: StageDesign,
  random: SceneRandom,
  size: SceneSize,
  development: Development = cleanDevelopment,
): DrawnScene {
  const { picture, cast } = paintStage(design(random, size));
  const objects = measureCast(picture, cast);
  return { ...size, objects, pixels: develop(picture, development, random.fork('noise')) };
}

const designsOf: Readonly<Record<SceneTask, readonly StageDesign[]>> = {
  detect: [streetStage, streetStage, streetStage, sportStage],
  segment: [streetStage, streetStage, streetStage, sportStage],
  pose: [sportStage, streetStage, sportStage],
  obb: [aerialStage],
  classify: classesOf.classify.map(closeUpStage),
};
