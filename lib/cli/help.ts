import type { Command } from '@/lib/cli/parse-arguments';
import { imageSizes } from '@/lib/cli/predict-words';
import { trainHelp, valHelp } from '@/lib/cli/train-help';
import { defaultNms } from '@/lib/engines/architecture/convert-options';
import { newestOpset, oldestOpset } from '@/lib/engines/graph/graph-builder';
import { sceneTasks } from '@/lib/engines/scenes/scene-classes';
import { sceneSides } from '@/lib/engines/scenes/scene-size';
import { dialects } from '@/lib/engines/vision/dialects/dialect-registry';
import { defaultThresholds } from '@/lib/engines/vision/vision-result';

type Topic = Extract<Command, { kind: 'help' }>['topic'];

export function helpOf(topic: Topic): string {
  switch (topic) {
    case 'general':
      return generalHelp;
    case 'predict':
      return predictHelp();
    case 'convert':
      return convertHelp();
    case 'inspect':
      return inspectHelp;
    case 'demo-data':
      return demoDataHelp();
    case 'train':
      return trainHelp();
    case 'val':
      return valHelp;
  }
}

const generalHelp = `sightline: run and train YOLO models (.onnx and .pt) on your own machine, without Python.

  sightline predict --model MODEL --source IMAGE|FOLDER [options]
  sightline convert MODEL.pt MODEL.onnx [options]
  sightline inspect FILE [--json]
  sightline train data=DATA [model=MODEL] [argument=value …]
  sightline val model=MODEL data=DATA
  sightline demo-data out=DIR task=TASK [options]

Commands
  predict      what a model sees in images, as JSON on standard output
  convert      a checkpoint as an ONNX file, or its weights as safetensors
  inspect      what a .pt or .onnx file is and holds; nothing in it is executed
  train        a network on your own images
  val          how good a model is on labelled images
  demo-data    a data set of drawn scenes with exact labels, to train and to try with

Options
  --help       this text; with a command, that command's options
  --version    the version

For example
  sightline predict --model best.pt --source bus.jpg --conf 0.4 --save out
`;

const inspectHelp = `sightline inspect: what a .pt or .onnx file is and holds.

  sightline inspect FILE [--json]

Task, classes, architecture, layers, training arguments and metrics, and every name that the pickle of a .pt file asks for, with
what it means. Nothing in the file is executed. Files that opening in Python would let run something are told as such.

Options
  --json       one line of JSON instead of text
  --help       this text

Exit status: 0, or 1 for a file that is refused.
`;

function demoDataHelp(): string {
  const { smallest, largest } = sceneSides;
  return `sightline demo-data: a data set of drawn scenes with exact labels.

  sightline demo-data out=DIR task=TASK [options]

Streets, sport, views from above and close-ups, different in every image and the same for the same seed. The folder gets
images/, labels/ and data.yaml; for classification a folder per class. Nothing is downloaded. Arguments may be written
key=value or --key value.

Options
  --out DIR        the folder to write; it must be new or empty
  --task TASK      ${sceneTasks.join(', ')}
  --images N       number of images (400)
  --seed N         another number, other scenes (0)
  --imgsz N        longer side of the images, whose proportions vary, ${smallest}–${largest} (480)
  --size WxH       width and height of every image instead
  --val 0–1        share of the images that make the validation split (0.2)
  --help           this text

Exit status: 0, or 1 with a line on standard error that says what was wrong.
`;
}

function convertHelp(): string {
  const { conf, iou, maxDetections } = defaultNms;
  return `sightline convert: a checkpoint (.pt) as an ONNX file, without Python.

  sightline convert MODEL.pt [MODEL.onnx] [options]
  sightline convert MODEL.pt WEIGHTS.safetensors

The network is rebuilt from the file, nothing in which is executed. The ONNX file has the inputs, outputs and metadata of the
Ultralytics exporter's, and loads wherever those do. An existing file of the name is replaced.

Options
  --imgsz N|H,W    image size (what the model was trained at), rounded up to the model's stride
  --dynamic        leave batch, height and width open
  --batch N        images per run (1)
  --half           weights and arithmetic in half precision; input and outputs stay float32
  --nms            suppress overlapping boxes inside the model
  --conf 0–1       with --nms: keep what scores higher (${conf})
  --iou 0–1        with --nms: overlap above which the lower score goes (${iou})
  --max-det N      with --nms: most detections (${maxDetections})
  --agnostic       with --nms: suppress across classes
  --end2end        the head without suppression, where the model has two (as the checkpoint says)
  --no-end2end     the other one
  --opset N        operator set, ${oldestOpset}–${newestOpset} (17)
  --help           this text

Exit status: 0, or 1 with a line on standard error that says what was wrong.
`;
}

function predictHelp(): string {
  const { conf, iou, maxDetections } = defaultThresholds;
  const formats = Object.values(dialects).map(({ name, title }) => `  ${name.padEnd(16)} ${title}`);
  return `sightline predict: what a model sees in images.

  sightline predict --model MODEL --source IMAGE|FOLDER [options]

Standard output gets one JSON document per image, one per line. A folder's images come in natural order of their
names (JPEG, PNG, WebP, GIF, AVIF, BMP); those that cannot be read are named on standard error and the rest is done.

Options
  --model FILE     a YOLO model: a checkpoint (.pt), or exported to ONNX
  --source PATH    an image, or a folder of images
  --conf 0–1       keep what scores higher (${conf})
  --iou 0–1        overlap above which the lower score goes (${iou})
  --imgsz N        longer side of the network input, ${imageSizes.smallest}–${imageSizes.largest}, rounded up to the model's stride
                   (the export's own; a static model has one size only)
  --classes LIST   keep these classes only: indices or names, as 0,2 or "person,bus"
  --max-det N      most detections per image (${maxDetections})
  --agnostic       let overlapping objects of different classes suppress each other
  --format NAME    how the JSON is written (ultralytics), one of the formats below
  --save DIR       also write DIR/NAME.png with the result drawn on it and DIR/labels/NAME.txt with YOLO labels
  --help           this text

Formats
${formats.join('\n')}

Exit status: 0, or 1 with a line on standard error that says what was wrong.
`;
}
