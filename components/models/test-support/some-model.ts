import type { Model, ModelMetadata } from '@/lib/domain/models/schema';

/** A model as the API gives it, its metadata changed where a test cares. */
export function someModel(metadata: Partial<ModelMetadata> = {}): Model {
  return {
    id: 'model_1',
    projectId: 'project_1',
    projectSlug: 'traffic',
    projectName: 'Traffic',
    owner: 'ada',
    name: 'Street',
    slug: 'street',
    description: '',
    visibility: 'private',
    status: 'ready',
    statusReason: null,
    task: 'detect',
    classCount: 3,
    file: {
      fileName: 'street.onnx',
      format: 'onnx',
      sizeBytes: 12_800_000,
      sha256: 'ab'.repeat(32),
      uploadedAt: '2026-11-20T10:00:00.000Z',
    },
    convertedFile: null,
    metadata: {
      format: 'onnx',
      names: ['car', 'bus', 'person'],
      inputSize: { width: 640, height: 640, dynamic: false },
      stride: 32,
      precision: 'fp32',
      endToEnd: false,
      opset: 17,
      parameters: 3_157_200,
      flops: 8.7e9,
      keypointShape: null,
      properties: { author: 'Ada', imgsz: '[640, 640]' },
      ...metadata,
    },
    origin: { kind: 'upload', fileName: 'street.onnx', via: 'page' },
    createdAt: '2026-11-20T10:00:00.000Z',
    updatedAt: '2026-11-20T10:00:00.000Z',
  };
}
