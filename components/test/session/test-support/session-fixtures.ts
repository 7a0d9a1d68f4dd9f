import { addImages } from '@/components/test/session/image-transitions';
import type { ReadyModel, TestState } from '@/components/test/session/test-state';
import type { CheckpointReport } from '@/lib/engines/model-files/checkpoint/inspect-checkpoint';
import type { HeadReading, ModelIdentity, ModelSpec } from '@/lib/engines/model-files/model-facts';

/** A detector of three classes on a dynamic 64×64 input, in one head output of eight anchors. */
export const smallSpec: ModelSpec = {
  task: 'detect',
  head: {
    task: 'detect',
    layout: 'anchors',
    outputName: 'output0',
    prototypesName: null,
    classCount: 3,
    extraCount: 0,
    keypoints: null,
  },
  names: ['person', 'bus', 'dog'],
  kptNames: null,
  stride: 32,
  input: {
    name: 'images',
    elementType: 'float32',
    size: { kind: 'dynamic', height: 64, width: 64 },
    batch: { kind: 'static', size: 1 },
  },
  minimumAnchors: 0,
};

export const smallIdentity: ModelIdentity = identityOf([
  { spec: smallSpec, label: 'Detect, 3 classes', reason: 'test' },
]);

/** The shortest report there is; its words mean nothing. */
export const smallReport: CheckpointReport = {
  kind: 'checkpoint',
  sizeBytes: 10,
  container: 'zip',
  globals: [],
  foreignInstructions: [],
  refusal: null,
  contents: null,
};

export function identityOf(readings: readonly [HeadReading, ...HeadReading[]]): ModelIdentity {
  return {
    facts: {
      sizeBytes: 10,
      irVersion: 8,
      opset: 17,
      producer: 'test',
      inputs: [],
      outputs: [],
      operators: [],
      parameterCount: 1,
      precision: 'fp32',
      metadata: null,
      rawMetadata: {},
    },
    readings,
  };
}

export function readyModel(modelId: string, identity: ModelIdentity = smallIdentity): ReadyModel {
  return {
    status: 'ready',
    modelId,
    file: new Blob([modelId]),
    report: null,
    conversion: null,
    identity,
    readingIndex: 0,
    settled: true,
    fault: null,
  };
}

/** Adds a model under its id as key; the first one is in use. */
export function withModel(state: TestState, content: ReadyModel = readyModel('model')): TestState {
  const entry = { key: content.modelId, name: `${content.modelId}.onnx`, sizeBytes: 10, content };
  return { ...state, models: [...state.models, entry], activeModelKey: state.activeModelKey ?? entry.key };
}

export function withImages(state: TestState, ...ids: readonly string[]): TestState {
  return addImages(
    state,
    ids.map((id) => ({ id, name: `${id}.png`, blob: new Blob([id]) })),
    0,
  );
}
