import { invalidInput } from '@/lib/core/errors';
import type { Context } from '@/lib/domain/context';
import { predict } from '@/lib/domain/predictions/predict';
import type { Media } from '@/lib/domain/predictions/receive-media';
import type { ModelReference, PredictFields } from '@/lib/domain/predictions/schema';
import { sourceBytes } from '@/lib/domain/predictions/source-bytes';
import { JsonTextReply } from '@/lib/http/reply';

/** The platform's predict request, from the fields and the file of a call. */
export async function predictFromRequest(
  context: Context,
  model: ModelReference,
  fields: PredictFields,
  file: Media | null,
  signal: AbortSignal,
): Promise<JsonTextReply> {
  const { source, conf, iou, imgsz, format, normalize, max_det, classes, agnostic_nms } = fields;
  if ((file === null) === (source === undefined)) {
    const found = file === null ? 'neither' : 'both';
    throw invalidInput([{ path: 'file', message: `expected an image as file or as source, found ${found}` }]);
  }
  const media = file ?? { kind: 'image' as const, ...(await sourceBytes(context, source ?? '', 'source')) };
  const { document } = await predict(context, {
    model,
    media,
    imgsz,
    thresholds: { conf, iou, maxDetections: max_det, classes, agnostic: agnostic_nms },
    dialect: format,
    normalize,
    signal,
  });
  return new JsonTextReply(document);
}
