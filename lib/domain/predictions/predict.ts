import { definedOnly } from '@/lib/core/defined-only';
import { DomainError, notFound } from '@/lib/core/errors';
import { Fault } from '@/lib/core/fault';
import { type Context, requireScope } from '@/lib/domain/context';
import type { Media } from '@/lib/domain/predictions/receive-media';
import { findModelToRun } from '@/lib/domain/predictions/repository';
import type { ModelReference } from '@/lib/domain/predictions/schema';
import type { DialectName } from '@/lib/engines/vision/dialects/dialect';
import { defaultThresholds, type Thresholds } from '@/lib/engines/vision/vision-result';
import type { InferenceReply } from '@/lib/platform/inference/inference-request';

export type PredictRequest = {
  readonly model: ModelReference;
  readonly media: Media;
  readonly imgsz?: number;
  readonly thresholds: { readonly [Name in keyof Thresholds]?: Thresholds[Name] };
  /** None: the platform's own words, or those with images where a task needs them. */
  readonly dialect?: DialectName;
  readonly normalize?: boolean;
  readonly signal?: AbortSignal;
};

export type Answer = {
  /** The reply in its dialect, as JSON text: written in the process that predicted, so that it is not parsed again here. */
  readonly document: string;
  readonly task: InferenceReply['task'];
};

/** Frames of a video that are looked at, and the least time between two. */
const frameSampling = { maximumFrames: 100, everySeconds: 1 };

/** The dialects whose reply is a list of images, which a video's frames can fill. */
const dialectsOfManyImages: ReadonlySet<DialectName> = new Set(['hub', 'platform-images']);

/**
 * Runs a model of the workspace over an image or a video. Throws `NOT_FOUND`, `CONFLICT` when the model cannot predict,
 * `VALIDATION_ERROR` when the media or the dialect do not fit, `UNAVAILABLE` when too many wait or the model fails.
 */
export async function predict(context: Context, request: PredictRequest): Promise<Answer> {
  requireScope(context, 'inference');
  const model = await findModelToRun(context.db, context.workspaceId, request.model);
  if (model === null) throw notFound('Model');
  if (model.status !== 'ready' || model.sha256 === null) {
    const reason = model.statusReason ?? 'It has no file yet: upload one.';
    throw new DomainError('CONFLICT', `The model ${model.name} cannot predict. ${reason}`);
  }
  const dialect = request.dialect ?? defaultDialect(model.task);
  if (request.media.kind === 'video' && !dialectsOfManyImages.has(dialect)) {
    throw new DomainError(
      'VALIDATION_ERROR',
      'Expected an image, found a video. Send its frames one by one, or ask for the format platform-images, which takes videos.',
    );
  }
  const reply = await run(context, request, { sha256: model.sha256, name: model.slug, dialect });
  for (const { speed } of reply.images) {
    for (const phase of ['preprocess', 'inference', 'postprocess'] as const) {
      context.metrics.observePrediction(reply.task, phase, speed[phase] / 1000);
    }
  }
  return { document: joined(reply), task: reply.task };
}

async function run(
  { inference, storage }: Context,
  { media, imgsz, thresholds, normalize, signal }: PredictRequest,
  { sha256, name, dialect }: { sha256: string; name: string; dialect: DialectName },
): Promise<InferenceReply> {
  try {
    return await inference.predict({
      model: { sha256, file: await storage.localFile(sha256) },
      input:
        media.kind === 'image'
          ? { kind: 'image', bytes: media.bytes, name: media.name }
          : { kind: 'video', file: media.staged.path, name: media.name, ...frameSampling },
      imgsz: imgsz ?? null,
      thresholds: { ...defaultThresholds, ...definedOnly(thresholds) },
      dialect: {
        name: dialect,
        context: { modelName: name, ...(normalize === undefined ? {} : { normalize }) },
        withSpeed: true,
      },
      signal,
    });
  } catch (error) {
    throw error instanceof Fault ? told(error) : error;
  }
}

/** An image that cannot be read is the caller's; a model that fails is nobody's here, and may work next time. */
function told(fault: Fault): DomainError {
  if (fault.code === 'image-too-large') return new DomainError('PAYLOAD_TOO_LARGE', fault.message, { cause: fault });
  if (fault.code.startsWith('image-')) {
    return new DomainError('VALIDATION_ERROR', `Invalid image. ${fault.message}`, { cause: fault });
  }
  if (fault.code === 'input-invalid' || fault.code === 'video-unreadable') {
    return new DomainError('VALIDATION_ERROR', fault.message, { cause: fault });
  }
  return new DomainError('UNAVAILABLE', fault.message, { cause: fault, retryAfterSeconds: 5 });
}

function defaultDialect(task: InferenceReply['task'] | null): DialectName {
  return task === 'semantic' || task === 'depth' ? 'platform-images' : 'platform';
}

/** One image's document is the reply. The frames of a video become one list of images. */
function joined({ images, task }: InferenceReply): string {
  if (images.length === 1) return images[0].document;
  const documents = images.map(({ document, seconds }) => ({ ...JSON.parse(document), seconds }));
  return JSON.stringify({
    images: documents.map((document) => ({ ...document.images[0], seconds: document.seconds })),
    metadata: { ...documents[0]?.metadata, imageCount: documents.length, task },
  });
}
