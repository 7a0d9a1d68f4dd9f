import { definedOnly } from '@/lib/core/defined-only';
import { invalidInput } from '@/lib/core/errors';
import { predict } from '@/lib/domain/predictions/predict';
import type { Media } from '@/lib/domain/predictions/receive-media';
import type { HubFields } from '@/lib/domain/predictions/schema';
import { sourceBytes } from '@/lib/domain/predictions/source-bytes';
import type { RouteInput } from '@/lib/http/define-route';
import type { hubPredictOperation } from '@/lib/http/operations/predictions';
import { JsonTextReply } from '@/lib/http/reply';

type HubFile = { readonly media: Media; readonly fieldName: string };

/** The HUB's default, where the platform takes the model's own size. */
const defaultImageSize = 640;

/**
 * A call in either of the HUB's two forms. Fields may stand in the address, too, as its older scripts put them; those of the
 * body win. The names that were used choose the form.
 */
export async function hubPredict({
  context,
  params,
  query,
  body,
  file,
  request,
}: RouteInput<typeof hubPredictOperation, HubFile>): Promise<JsonTextReply> {
  const fields: HubFields = { ...definedOnly(query), ...definedOnly(body) };
  const isLegacy =
    file?.fieldName === 'image' ||
    [fields.url, fields.size, fields.confidence, fields.normalize].some((value) => value !== undefined);
  const { document } = await predict(context, {
    model: { kind: 'id', id: params.modelId },
    media: file?.media ?? (await mediaByUrl(context, fields)),
    imgsz: (isLegacy ? (fields.size ?? fields.imgsz) : fields.imgsz) ?? defaultImageSize,
    thresholds: { conf: isLegacy ? (fields.confidence ?? fields.conf) : fields.conf, iou: fields.iou },
    dialect: isLegacy ? 'hub-legacy' : 'hub',
    normalize: isLegacy ? (fields.normalize ?? true) : undefined,
    signal: request.signal,
  });
  return new JsonTextReply(document);
}

async function mediaByUrl(
  context: RouteInput<typeof hubPredictOperation>['context'],
  { url }: HubFields,
): Promise<Media> {
  if (url === undefined)
    throw invalidInput([{ path: 'file', message: 'expected an image as file or image, or a url' }]);
  if (!/^https?:/i.test(url)) throw invalidInput([{ path: 'url', message: 'expected an http(s) URL' }]);
  return { kind: 'image', ...(await sourceBytes(context, url, 'url')) };
}
