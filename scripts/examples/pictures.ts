import { aerialStage } from '@/lib/engines/scenes/aerial/aerial-stage';
import { closeUpStage } from '@/lib/engines/scenes/close-up/close-up-stage';
import type { SceneSize } from '@/lib/engines/scenes/scene-size';
import type { StageDesign } from '@/lib/engines/scenes/stage';
import { streetStage } from '@/lib/engines/scenes/street/street-stage';
import { busScene } from '@/scripts/examples/bus-scene';
import { matchScene } from '@/scripts/examples/match-scene';

type ExamplePicture = {
  readonly file: string;
  readonly size: SceneSize;
  readonly design: StageDesign;
  readonly seed: number;
};

/**
 * The pictures that come with the program: two composed by hand, the others scenes of the demo world with a seed that was chosen by
 * eye.
 */
export const examplePictures: readonly ExamplePicture[] = [
  { file: 'bus.jpg', size: { width: 810, height: 1080 }, design: busScene, seed: 1 },
  { file: 'zidane.jpg', size: { width: 1280, height: 720 }, design: matchScene, seed: 1 },
  { file: 'street.jpg', size: { width: 1200, height: 800 }, design: streetStage, seed: 108 },
  { file: 'harbour.jpg', size: { width: 1200, height: 800 }, design: aerialStage, seed: 206 },
  { file: 'close-up.jpg', size: { width: 800, height: 800 }, design: closeUpStage('dog'), seed: 11 },
];
