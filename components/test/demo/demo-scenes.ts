import type { Task } from '@/lib/core/task';

/** A model that comes with the program, and a drawn scene of the kind it was trained on. */
export type DemoScene = {
  readonly task: Task;
  /** What the model does, in a word or two. */
  readonly label: string;
  readonly model: { readonly fileName: string; readonly url: string };
  readonly picture: { readonly fileName: string; readonly url: string };
};

function scene(task: Task, label: string, picture: string): DemoScene {
  const fileName = `demo-${task}.onnx`;
  return {
    task,
    label,
    model: { fileName, url: `/demo/${fileName}` },
    picture: { fileName: picture, url: `/examples/${picture}` },
  };
}

/** In the order in which they are offered; the first is shown to a person who comes for the first time. */
export const demoScenes: readonly [DemoScene, ...DemoScene[]] = [
  scene('detect', 'Boxes', 'bus.jpg'),
  scene('segment', 'Masks', 'street.jpg'),
  scene('obb', 'Rotated', 'harbour.jpg'),
  scene('classify', 'Whole image', 'close-up.jpg'),
];
