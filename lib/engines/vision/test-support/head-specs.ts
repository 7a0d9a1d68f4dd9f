import type { HeadLayout, ModelSpec } from '@/lib/engines/model-files/model-facts';

type Wanted = {
  readonly task?: ModelSpec['task'];
  readonly layout?: HeadLayout;
  readonly classCount?: number | null;
  readonly extraCount?: number;
  readonly keypoints?: ModelSpec['head']['keypoints'];
  readonly inputSide?: number;
  readonly elementType?: 'float32' | 'float16';
  readonly batch?: ModelSpec['input']['batch'];
  readonly sizeKind?: 'static' | 'dynamic';
};

/** The reading of an imagined model, square and static unless asked otherwise. */
export function detectionSpec({
  task = 'detect',
  layout = 'anchors',
  classCount = 3,
  extraCount = 0,
  keypoints = null,
  inputSide = 640,
  elementType = 'float32',
  batch = { kind: 'static', size: 1 },
  sizeKind = 'static',
}: Wanted = {}): ModelSpec {
  return {
    task,
    head: {
      task,
      layout,
      outputName: 'output0',
      prototypesName: task === 'segment' ? 'output1' : null,
      classCount,
      extraCount,
      keypoints,
    },
    names: ['circle', 'square', 'triangle'],
    kptNames: null,
    stride: 32,
    input: {
      name: 'images',
      elementType,
      size: { kind: sizeKind, height: inputSide, width: inputSide },
      batch,
    },
    minimumAnchors: 0,
  };
}
