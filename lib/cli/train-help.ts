import {
  type ArgumentName,
  argumentNames,
  argumentText,
  defaultArguments,
} from '@/lib/engines/training/loop/training-arguments';

/** What each argument means, in a line. */
const meanings: Readonly<Record<ArgumentName, string>> = {
  epochs: 'times that all images are shown',
  patience: 'epochs without a better one before training ends; 0: never',
  batch: 'images of one step',
  imgsz: 'side of the square images, rounded up to the network’s stride',
  save_period: 'also keep the weights of every so many epochs; -1: none',
  cache: 'megabytes of decoded images that are kept',
  device: 'where steps run',
  workers: 'threads that make batches (one)',
  threads: 'threads of the arithmetic (all)',
  optimizer: 'auto, SGD or AdamW; auto also chooses lr0 and momentum',
  seed: 'another number, other weights and other batches',
  cos_lr: 'learning rates fall along a cosine, not a line',
  close_mosaic: 'epochs at the end without mosaics',
  freeze: 'layers that stay as they are: so many first ones, or a list',
  val: 'measure each epoch, not only the last one',
  plots: 'draw plots',
  half: 'write models in half precision',
  lr0: 'first learning rate',
  lrf: 'share of it that is left at the end',
  momentum: 'of SGD; β₁ of AdamW',
  weight_decay: 'decay of the weights',
  warmup_epochs: 'epochs in which rates rise',
  warmup_momentum: 'momentum to begin with',
  warmup_bias_lr: 'learning rate of biases to begin with',
  box: 'gain of the boxes’ loss',
  cls: 'gain of the classes’ loss',
  dfl: 'gain of the distances’ loss',
  pose: 'gain of the keypoints’ loss',
  kobj: 'gain of the keypoints’ visibility',
  label_smoothing: 'share of a label that goes to the other classes (classify)',
  nbs: 'images whose gradients are summed for one update',
  hsv_h: 'largest shift of the hue',
  hsv_s: 'largest change of the saturation',
  hsv_v: 'largest change of the brightness',
  degrees: 'largest turn',
  translate: 'largest shift, as a share of the image',
  scale: 'largest change of the size',
  shear: 'largest slant in degrees',
  flipud: 'share of images turned upside down',
  fliplr: 'share of images mirrored',
  mosaic: 'share of images put together from four',
  mixup: 'share of images laid over another',
};

export function trainHelp(): string {
  const lines = argumentNames.map(
    (name) => `  ${name.padEnd(16)} ${meanings[name]} (${argumentText(defaultArguments[name])})`,
  );
  return `sightline train: trains a network on this machine, without Python.

  sightline train data=DATA [model=MODEL] [argument=value …]
  sightline train resume=RUN/weights/last.ckpt

Arguments have the names of the Ultralytics package’s and may be written key=value or --key value. The run’s folder gets
args.yaml, results.csv, plots, weights/best.onnx and weights/last.ckpt, from which a run that was stopped, or killed, goes on
as if nothing had been.

What is trained
  data             a data.yaml in YOLO layout; for classification a folder with train/CLASS and val/CLASS
  model            sightline-n or sightline-s (fresh, with -seg, -pose, -obb, -cls for their tasks), a .pt file, or a
                   last.ckpt for its weights (sightline-n)
  task             detect, segment, pose, obb or classify (as the model or the data says)
  project          folder of runs (runs/TASK)
  name             folder of this run, numbered where it is taken (train)
  exist_ok         write into the folder even where there is one (False)
  resume           a last.ckpt: go on with that run; data= where its images lie elsewhere now

How
${lines.join('\n')}
  --help           this text

The first Ctrl-C ends training after the step under way with its state saved, the second one at once.
Exit status: 0; 130 when it was stopped; 1 with a line on standard error that says what was wrong.
`;
}

export const valHelp = `sightline val: measures a model on a data set.

  sightline val model=MODEL data=DATA [argument=value …]

  model            a YOLO model: a checkpoint (.pt), or exported to ONNX
  data             a data.yaml in YOLO layout; for classification a folder with val/CLASS
  split            train, val or test (val)
  imgsz            side of the square images (the model’s own)
  batch            images of one run, where the model leaves it open (8)
  threads          threads of the arithmetic (all)
  json             one JSON document instead of a table (False)
  --help           this text

Exit status: 0, or 1 with a line on standard error that says what was wrong.
`;
