import type { ModelSummary } from '@/lib/domain/models/schema';
import type { DialectName } from '@/lib/engines/vision/dialects/dialect';
import type { Operation } from '@/lib/http/operation';
import { hubPredictOperation, predictBySlugOperation, predictOperation } from '@/lib/http/operations/predictions';

/** The generations of requests this model answers. */
export const requestForms = [
  { id: 'platform', label: 'Platform' },
  { id: 'hub', label: 'HUB' },
  { id: 'hub-2024', label: 'HUB 2024' },
] as const;

export type RequestForm = (typeof requestForms)[number]['id'];

export type ImageSource =
  | { readonly kind: 'file'; readonly file: File | null }
  | { readonly kind: 'url'; readonly url: string };

/** A prediction request while a person puts it together. */
export type RequestDraft = {
  readonly form: RequestForm;
  /** How the platform's form names the model. */
  readonly address: 'id' | 'path';
  readonly source: ImageSource;
  readonly conf: number;
  readonly iou: number;
  /** Pixels; null for the model's own size. */
  readonly imgsz: number | null;
  readonly format: DialectName;
  /** Of the form of 2024: fractions of the image instead of pixels. */
  readonly normalize: boolean;
};

/** A draft as it goes over the wire. */
export type PlannedRequest = {
  readonly operation: Operation;
  readonly params: Readonly<Record<string, string>>;
  readonly fields: Readonly<Record<string, string>>;
  /** The field that carries the image, with the file it carries. Null when it goes by its URL. */
  readonly file: { readonly field: string; readonly file: File | null } | null;
};

export const freshDraft: RequestDraft = {
  form: 'platform',
  address: 'path',
  source: { kind: 'file', file: null },
  conf: 0.25,
  iou: 0.45,
  imgsz: null,
  format: 'platform',
  normalize: true,
};

/** The HUB's operation as it was first called: the image has a field of another name. */
const firstHubOperation: Operation = {
  ...hubPredictOperation,
  body: { ...hubPredictOperation.body, fileFields: ['image'] },
};

/** What each form lets thresholds be. */
export const thresholdRanges = {
  platform: { conf: [0, 1], iou: [0, 1] },
  hub: { conf: [0.01, 1], iou: [0, 0.95] },
  'hub-2024': { conf: [0.01, 1], iou: [0, 0.95] },
} as const satisfies Readonly<Record<RequestForm, Readonly<Record<'conf' | 'iou', readonly [number, number]>>>>;

/** Whether the image may be named by its URL; the later HUB form knows files only. */
export function takesUrl(form: RequestForm): boolean {
  return form !== 'hub';
}

/** A draft brought into what another form allows. */
export function withForm(draft: RequestDraft, form: RequestForm): RequestDraft {
  const { conf, iou } = thresholdRanges[form];
  const source: ImageSource =
    takesUrl(form) || draft.source.kind === 'file' ? draft.source : { kind: 'file', file: null };
  return { ...draft, form, source, conf: clamp(draft.conf, conf), iou: clamp(draft.iou, iou) };
}

/** What is still missing before it can be sent, or null. */
export function missingFrom({ source }: RequestDraft): string | null {
  if (source.kind === 'file') return source.file === null ? 'Choose an image first' : null;
  return /^https?:\/\/\S+$/i.test(source.url) ? null : 'Write the address of an image first';
}

/** The request of a draft. */
export function plannedRequest(draft: RequestDraft, model: ModelSummary): PlannedRequest {
  const { form, source, conf, iou, imgsz, format, normalize } = draft;
  const file = (field: string) => (source.kind === 'file' ? { field, file: source.file } : null);
  switch (form) {
    case 'platform':
      return {
        ...platformAddress(draft, model),
        file: file('file'),
        fields: defined({
          source: source.kind === 'url' ? source.url : null,
          conf,
          iou,
          imgsz,
          format: format === 'platform' ? null : format,
        }),
      };
    case 'hub':
      return {
        operation: hubPredictOperation,
        params: { modelId: model.id },
        file: file('file'),
        fields: defined({ conf, iou, imgsz }),
      };
    case 'hub-2024':
      return {
        operation: firstHubOperation,
        params: { modelId: model.id },
        file: file('image'),
        fields: defined({
          url: source.kind === 'url' ? source.url : null,
          size: imgsz,
          confidence: conf,
          iou,
          normalize: normalize ? null : 'false',
        }),
      };
  }
}

function platformAddress({ address }: RequestDraft, model: ModelSummary): Pick<PlannedRequest, 'operation' | 'params'> {
  if (address === 'id') return { operation: predictOperation, params: { modelId: model.id } };
  const params = { modelId: model.owner, project: model.projectSlug, model: model.slug };
  return { operation: predictBySlugOperation, params };
}

function defined(fields: Readonly<Record<string, string | number | null>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (value === null ? [] : [[name, String(value)]])),
  );
}

function clamp(value: number, [minimum, maximum]: readonly [number, number]): number {
  return Math.min(maximum, Math.max(minimum, value));
}
