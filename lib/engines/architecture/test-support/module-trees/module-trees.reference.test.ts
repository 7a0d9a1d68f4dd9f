import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { familyCheckpoint, familyNamed } from '@/lib/engines/architecture/test-support/module-trees/families';
import type { TreeOptions } from '@/lib/engines/architecture/test-support/module-trees/tree-context';
import { walkModules } from '@/lib/engines/architecture/test-support/module-trees/walk-modules';

const folder = fileURLToPath(new URL('../../../../../../shared/fixtures/checkpoints-json/', import.meta.url));

type RecordedFile = {
  readonly modules: readonly { readonly path: string; readonly cls: string }[];
  readonly tensors: readonly { readonly name: string; readonly shape: readonly number[] }[];
};

/** A recorded file → the family it is of, at the scale it has. */
const recorded: readonly (readonly [string, string, Partial<TreeOptions>])[] = [
  ['yolov8n-coco-dq', 'yolov8n', { depth: 0.33, classCount: 80 }],
  ['yolov8n-shapes-seg', 'yolov8n-seg', { depth: 0.33, classCount: 3 }],
  ['yolov8n-shapes-pose', 'yolov8n-pose', { depth: 0.33, classCount: 1 }],
  ['yolov8n-shapes-obb', 'yolov8n-obb', { depth: 0.33, classCount: 2 }],
  ['yolov8n-shapes-cls', 'yolov8n-cls', { depth: 0.33, classCount: 4, classifierWidth: 1280 }],
  ['yolo11n-shapes-det', 'yolo11n', { depth: 0.5, classCount: 3 }],
  ['yolo26n-random', 'yolo26n', { depth: 0.5, classCount: 80 }],
];

describe.skipIf(!existsSync(folder))('trees at the scale of recorded files', () => {
  it.each(recorded)('%s is a tree of %s', (file, family, options) => {
    const json: RecordedFile = JSON.parse(readFileSync(`${folder}${file}.json`, 'utf8'));
    const { model } = familyCheckpoint(familyNamed(family), { ...options, width: 0.25, headWidth: 64 });

    const modules = walkModules(model).filter(({ path }) => path !== '');
    // One activation serves a whole file, and its author may have set another than a table says.
    const withoutActivations = (path: string) => !path.endsWith('.act');
    const found = modules.filter(({ path }) => withoutActivations(path));
    const wanted = json.modules.filter(({ path }) => withoutActivations(path));
    expect(new Map(found.map(({ path, node }) => [path, node.className]))).toEqual(
      new Map(wanted.map(({ path, cls }) => [path, cls])),
    );

    const shapes = new Map(
      modules.flatMap(({ path, node }) =>
        [...node.parameters, ...node.buffers].flatMap(([name, tensor]) =>
          tensor === null ? [] : [[`${path}.${name}`, tensor.shape] as const],
        ),
      ),
    );
    const isCounter = (name: string) => name.endsWith('.num_batches_tracked');
    expect(shapes).toEqual(
      new Map(json.tensors.filter(({ name }) => !isCounter(name)).map(({ name, shape }) => [name, shape])),
    );
  });
});
