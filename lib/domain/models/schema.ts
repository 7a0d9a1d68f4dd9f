import { z } from 'zod';
import { pageQuery } from '@/lib/core/page';
import { tasks } from '@/lib/core/task';
import { description, displayName, projectId, visibility } from '@/lib/domain/projects/schema';

const task = z.enum(tasks);

/** What a model file says about itself, as it is kept. */
const modelMetadata = z
  .object({
    format: z.enum(['onnx', 'pt']),
    names: z.array(z.string()).nullable().describe('Class names by class id'),
    inputSize: z
      .object({ width: z.number().int(), height: z.number().int(), dynamic: z.boolean() })
      .nullable()
      .describe('Pixels of the network input; dynamic inputs take other sizes too'),
    stride: z.number().int().nullable(),
    precision: z.string().nullable().describe('Number format of the weights, such as fp32'),
    endToEnd: z.boolean().nullable().describe('Whether suppression is part of the network'),
    opset: z.number().int().nullable(),
    parameters: z.number().int().nullable(),
    flops: z.number().nullable().describe('Floating point operations of one forward pass at the input size'),
    keypointShape: z.array(z.number().int()).nullable(),
    properties: z.record(z.string(), z.string()).describe('The file’s own metadata, as written by its exporter'),
  })
  .meta({ id: 'ModelMetadata' });
export type ModelMetadata = z.infer<typeof modelMetadata>;

/** Where a model came from. */
const modelOrigin = z.object({
  kind: z.enum(['upload', 'catalogue', 'created']),
  fileName: z.string().nullable(),
  via: z.enum(['page', 'api']),
});
export type ModelOrigin = z.infer<typeof modelOrigin>;

const modelStatus = z.enum(['untrained', 'ready', 'stored', 'failed']);

export const model = z
  .object({
    id: z.string().describe('model_…'),
    projectId: z.string(),
    projectSlug: z.string(),
    projectName: z.string(),
    owner: z.string().describe('Slug of the workspace: the user name'),
    name: z.string(),
    slug: z.string(),
    description: z.string(),
    visibility,
    status: modelStatus,
    statusReason: z.string().nullable(),
    task: task.nullable(),
    classCount: z.number().int().nullable(),
    file: z
      .object({
        fileName: z.string(),
        format: z.enum(['onnx', 'pt']),
        sizeBytes: z.number().int(),
        sha256: z.string(),
        uploadedAt: z.iso.datetime(),
      })
      .nullable(),
    convertedFile: z
      .object({ fileName: z.string(), sizeBytes: z.number().int(), sha256: z.string() })
      .nullable()
      .describe('The ONNX that was made of a .pt, and predicts in its place; null where the file predicts itself'),
    metadata: modelMetadata.nullable(),
    origin: modelOrigin,
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'Model' });
export type Model = z.infer<typeof model>;

/** What is kept about a model because of its file. */
export type FileReading = Pick<Model, 'status' | 'statusReason' | 'task'> & { readonly metadata: ModelMetadata };

/** A model in a list: without the long parts of its metadata. */
export const modelSummary = model
  .extend({ metadata: modelMetadata.omit({ names: true, properties: true }).nullable() })
  .meta({ id: 'ModelSummary' });
export type ModelSummary = z.infer<typeof modelSummary>;

export const modelId = z
  .string()
  .regex(/^[\w-]{1,64}$/, 'expected the id of a model')
  .describe('model_…');

const uploadId = z
  .string()
  .regex(/^[\w-]{1,64}$/, 'expected the id of an upload')
  .describe('A finished resumable upload, in place of the file');

/** One gibibyte: what a model file may have. */
export const maximumModelBytes = 1024 ** 3;

export const listModelsQuery = pageQuery.extend({
  projectId: projectId.optional().describe('Only models of this project'),
  task: task.optional(),
  status: modelStatus.optional(),
  search: z.string().trim().max(200).optional().describe('Part of the name'),
  sort: z.enum(['newest', 'oldest', 'name', 'size', 'updated']).default('newest'),
});
export type ListModelsQuery = z.infer<typeof listModelsQuery>;

/** Fields beside the file, or with the id of a finished upload in its place. */
export const createModelInput = z.object({
  projectId,
  name: displayName.optional().describe('Default: the file name without its ending'),
  description: description.default(''),
  visibility: visibility.optional().describe('Default: the project’s'),
  uploadId: uploadId.optional(),
});
export type CreateModelInput = z.infer<typeof createModelInput>;

export const replaceModelFileInput = z.object({ uploadId: uploadId.optional() });
export type ReplaceModelFileInput = z.infer<typeof replaceModelFileInput>;

export const updateModelInput = z
  .object({ name: displayName, description, visibility })
  .partial()
  .refine((changes) => Object.keys(changes).length > 0, {
    error: 'expected at least one of name, description, visibility',
  });
export type UpdateModelInput = z.infer<typeof updateModelInput>;

/** weights: as uploaded. converted: the ONNX made of it, which predicts in its place. */
const modelFileKind = z.enum(['weights', 'converted']).describe('weights: as uploaded. converted: the ONNX made of it');

export const modelDownloadQuery = z.object({ kind: modelFileKind.default('weights') });
export type ModelDownloadQuery = z.infer<typeof modelDownloadQuery>;

/** A link that works without a key until it expires. */
export const modelFileLink = z
  .object({
    fileName: z.string(),
    format: z.enum(['onnx', 'pt']),
    kind: modelFileKind,
    sizeBytes: z.number().int(),
    sha256: z.string(),
    url: z.url().describe('Signed; works without a key until expiresAt'),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'ModelFileLink' });
export type ModelFileLink = z.infer<typeof modelFileLink>;

/** What a signed link to a file carries in its query. */
export const fileLinkQuery = z.object({
  model: modelId.describe('The model it belongs to: deleted models have no files'),
  expires: z.string().describe('Unix seconds'),
  signature: z.string(),
});
export type FileLinkQuery = z.infer<typeof fileLinkQuery>;
