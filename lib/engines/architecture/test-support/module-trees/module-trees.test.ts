import { expect, it } from 'vitest';
import { familyCheckpoint, familyNamed } from '@/lib/engines/architecture/test-support/module-trees/families';
import { walkModules } from '@/lib/engines/architecture/test-support/module-trees/walk-modules';

/** Parameters of the networks for 80 classes, as their authors publish them beside each architecture. */
const published: readonly (readonly [string, number, number])[] = [
  ['yolov5nu', 0.33, 2_654_816],
  ['yolov6n', 0.33, 4_500_080],
  ['yolov8n', 0.33, 3_157_200],
  ['yolov8n-p2', 0.33, 3_354_144],
  ['yolov8n-p6', 0.33, 4_984_352],
  ['yolov10n', 0.33, 2_775_520],
  ['yolo11n', 0.5, 2_624_080],
  ['yolo12n', 0.5, 2_602_288],
  ['yolo26n', 0.5, 2_572_280],
];

it.each(published)('a tree of %s at scale n has as many parameters as the published network', (name, depth, count) => {
  expect(parametersOf(name, { width: 0.25, depth })).toBe(count);
});

it('a tree of yolov9t, which has one scale, has as many parameters as the published network', () => {
  expect(parametersOf('yolov9t', { width: 1, depth: 1 })).toBe(2_128_720);
});

function parametersOf(name: string, scale: { readonly width: number; readonly depth: number }): number {
  const { model } = familyCheckpoint(familyNamed(name), { ...scale, classCount: 80, headWidth: 64 });
  const tensors = walkModules(model).flatMap(({ node }) => [...node.parameters.values()]);
  return tensors.reduce((sum, tensor) => sum + (tensor?.shape.reduce((size, length) => size * length, 1) ?? 0), 0);
}
