import type { Task } from '@/lib/core/task';
import type { ModelSpec } from '@/lib/engines/model-files/model-facts';

type SpecOptions = {
  readonly task?: Task;
  readonly kind?: 'static' | 'dynamic';
  readonly width?: number;
  readonly height?: number;
  readonly stride?: number;
  readonly minimumAnchors?: number;
};

/** A spec of which only the input matters: what pre-processing reads. */
export function specOf({
  task = 'detect',
  kind = 'static',
  width = 640,
  height = 640,
  stride = 32,
  minimumAnchors = 0,
}: SpecOptions): ModelSpec {
  return {
    task,
    head: {
      task,
      layout: 'anchors',
      outputName: 'output0',
      prototypesName: null,
      classCount: 1,
      extraCount: 0,
      keypoints: null,
    },
    names: ['thing'],
    kptNames: null,
    stride,
    input: {
      name: 'images',
      elementType: 'float32',
      size: { kind, width, height },
      batch: { kind: 'static', size: 1 },
    },
    minimumAnchors,
  };
}
