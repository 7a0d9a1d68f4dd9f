import type { Task } from '@/lib/core/task';
import { type ConvertOptions, defaultNms } from '@/lib/engines/architecture/convert-options';

/** Who turns the boxes of all anchors into the boxes that are found. */
export type BoxesChoice = 'end-to-end' | 'plain' | 'suppressed';

/** What a person chooses in the dialog, as its fields show it. */
export type ConversionChoice = {
  readonly height: number;
  readonly width: number;
  readonly dynamic: boolean;
  readonly batch: number;
  readonly half: boolean;
  readonly opset: number;
  readonly boxes: BoxesChoice;
  readonly conf: number;
  readonly iou: number;
  readonly maxDetections: number;
  readonly agnostic: boolean;
};

/** The model's own head and size, fixed, in full precision: what the package's export gives when nothing is asked for. */
export function defaultChoice(
  size: { readonly width: number; readonly height: number },
  isEndToEnd: boolean,
): ConversionChoice {
  return {
    width: size.width,
    height: size.height,
    dynamic: false,
    batch: 1,
    half: false,
    opset: 17,
    boxes: isEndToEnd ? 'end-to-end' : 'plain',
    ...defaultNms,
  };
}

/** Which ways to answer boxes there are to choose from; none for tasks without boxes. */
export function boxesChoices(task: Task, isEndToEnd: boolean): readonly BoxesChoice[] {
  if (task === 'classify' || task === 'semantic' || task === 'depth') return [];
  return isEndToEnd ? ['end-to-end', 'plain', 'suppressed'] : ['plain', 'suppressed'];
}

/** The choice in the converter's words. `endToEnd` is asked for or against only where the checkpoint has both. */
export function convertOptions(choice: ConversionChoice, isEndToEnd: boolean): ConvertOptions {
  const { width, height, dynamic, batch, half, opset, boxes, conf, iou, maxDetections, agnostic } = choice;
  return {
    imgsz: [height, width],
    dynamic,
    batch,
    half,
    opset,
    endToEnd: isEndToEnd ? boxes === 'end-to-end' : null,
    nms: boxes === 'suppressed' ? { conf, iou, maxDetections, agnostic } : null,
  };
}
