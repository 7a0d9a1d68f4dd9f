import { imageSizes } from '@/lib/cli/parse-arguments';
import { dialects } from '@/lib/engines/vision/dialects/dialect-registry';
import { defaultThresholds } from '@/lib/engines/vision/vision-result';

export function generalHelp(): string {
  return `sightline: run YOLO models (.onnx) on your own machine.

  sightline predict --model MODEL.onnx --source IMAGE|FOLDER [options]

Commands
  predict      what a model sees in images, as JSON on standard output

Options
  --help       this text; "sightline predict --help" for the options of predict
  --version    the version

For example
  sightline predict --model yolo11n.onnx --source bus.jpg --conf 0.4 --save out
`;
}

export function predictHelp(): string {
  const { conf, iou, maxDetections } = defaultThresholds;
  const formats = Object.values(dialects).map(({ name, title }) => `  ${name.padEnd(16)} ${title}`);
  return `sightline predict: what a model sees in images.

  sightline predict --model MODEL.onnx --source IMAGE|FOLDER [options]

Standard output gets one JSON document per image, one per line. A folder's images come in natural order of their
names (JPEG, PNG, WebP, GIF, AVIF, BMP); those that cannot be read are named on standard error and the rest is done.

Options
  --model FILE     a YOLO model exported to ONNX
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
