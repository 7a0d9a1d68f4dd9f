import type { ConvertSettings } from '@/lib/engines/architecture/convert-options';
import { type HeadMode, headMode } from '@/lib/engines/architecture/heads/head-mode';
import { classOf } from '@/lib/engines/architecture/module-builder';
import type { Checkpoint, ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';
import type { CheckpointFacts } from '@/lib/engines/model-files/checkpoint/checkpoint-facts';
import { entryOf, textOf } from '@/lib/engines/model-files/checkpoint/checkpoint-values';
import type { PythonValue } from '@/lib/engines/model-files/python-literal';
import { pythonRepr } from '@/lib/engines/model-files/python-repr';

/**
 * What an ONNX file of this checkpoint says about itself, in the keys and the notation (every value text, the structured ones
 * Python's `repr`) of the training package's own exporter, so that tools which read its files read this one. Licence,
 * version, date and documentation are the checkpoint's; those it does not name are left out. The same checkpoint and settings
 * always give the same text.
 */
export function metadataProps(
  checkpoint: Checkpoint,
  facts: CheckpointFacts,
  settings: ConvertSettings,
): Readonly<Record<string, string>> {
  const head = lastLayer(checkpoint.model);
  const mode = head === null ? 'plain' : headMode(head, settings);
  const said = { date: facts.date, version: facts.version, license: facts.license, docs: facts.docs };
  return {
    description: descriptionOf(checkpoint, facts),
    author: 'Sightline',
    ...Object.fromEntries(Object.entries(said).flatMap(([key, text]) => (text === null ? [] : [[key, text]]))),
    stride: String(facts.stride),
    ...(facts.task === null ? {} : { task: facts.task }),
    ...(head === null ? {} : { head: classOf(head) }),
    batch: String(settings.batch),
    imgsz: pythonRepr([...settings.imgsz]),
    names: pythonRepr(namesOf(facts)),
    args: pythonRepr(exportArguments(settings, mode)),
    channels: String(facts.channels),
    end2end: pythonRepr(mode === 'end-to-end'),
    ...keypointProps(facts),
  };
}

/** `YOLOv8n-pose model trained on birds.yaml, converted from a checkpoint`; of a path only the file, the rest is private. */
function descriptionOf({ entries }: Checkpoint, { yamlFile }: CheckpointFacts): string {
  const architecture = yamlFile === null ? '' : fileName(yamlFile).replace(/\.ya?ml$/i, '');
  const name = architecture.replace(/^yolo(?=v?\d)/i, 'YOLO');
  const data = textOf(entryOf(entries.get('train_args'), 'data'));
  const training = data === null ? '' : ` trained on ${fileName(data)}`;
  return `${name} model${training}, converted from a checkpoint`.trimStart();
}

function fileName(path: string): string {
  return path.split(/[/\\]/).filter(Boolean).at(-1) ?? '';
}

/** Every class that the head answers has a name: readers look names up by index. */
function namesOf({ names, classCount }: CheckpointFacts): PythonValue {
  if (names.size > 0) return names;
  return new Map(Array.from({ length: classCount ?? 0 }, (_, index) => [index, `class${index}`]));
}

/** What the exporter would have been asked for. With `nms` readers know that rows come suppressed: `end2end` is False then. */
function exportArguments({ batch, half, dynamic, opset }: ConvertSettings, mode: HeadMode): PythonValue {
  return new Map<string, PythonValue>([
    ['batch', batch],
    ['quantize', half ? 16 : null],
    ['dynamic', dynamic],
    ['simplify', false],
    ['opset', opset],
    ['nms', mode === 'suppressed'],
  ]);
}

function keypointProps({ task, keypoints }: CheckpointFacts): Record<string, string> {
  if (task !== 'pose' || keypoints === null) return {};
  const { count, dims, names } = keypoints;
  const shape = { kpt_shape: pythonRepr([count, dims]) };
  return names === null ? shape : { ...shape, kpt_names: pythonRepr(new Map([[0, names]])) };
}

function lastLayer(model: ModuleNode): ModuleNode | null {
  return [...(model.children.get('model')?.children.values() ?? [])].at(-1) ?? null;
}
