'use client';

import { Send, Square } from 'lucide-react';
import type { FormEvent, ReactNode } from 'react';
import { ImageChoice } from '@/components/models/api/image-choice';
import {
  missingFrom,
  type PlannedRequest,
  type RequestDraft,
  requestForms,
  takesUrl,
  thresholdRanges,
  withForm,
} from '@/components/models/api/request-draft';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { NumberField } from '@/components/ui/number-field';
import { Section } from '@/components/ui/section';
import { Segmented } from '@/components/ui/segmented';
import { Select } from '@/components/ui/select';
import { useOrigin } from '@/components/ui/use-origin';
import type { Model } from '@/lib/domain/models/schema';
import type { DialectName } from '@/lib/engines/vision/dialects/dialect';
import { dialectsFor, dialectTasks } from '@/lib/engines/vision/dialects/dialect-tasks';
import { operationUrl } from '@/lib/http/operation-url';

const addresses = [
  { value: 'path', label: 'By name' },
  { value: 'id', label: 'By id' },
] as const;

const sizes = ['own', '320', '640', '1280'] as const;

const formNotes = {
  platform: 'The platform’s endpoint: boxes in pixels, or in another dialect by its name.',
  hub: 'What scripts wrote for the HUB’s inference API: only the host changes.',
  'hub-2024': 'The HUB’s first form: other field names, coordinates as fractions of the image.',
} as const;

type RequestSectionProps = {
  readonly model: Model;
  readonly draft: RequestDraft;
  readonly request: PlannedRequest;
  readonly onChange: (draft: RequestDraft) => void;
  readonly isSending: boolean;
  readonly onSend: () => void;
  readonly onStop: () => void;
};

/** A prediction request, put together field by field, and the button that sends it. */
export function RequestSection(props: RequestSectionProps) {
  const { model, draft, request, onChange, isSending, onSend, onStop } = props;
  const missing = missingFrom(draft);
  const origin = useOrigin();
  const endpoint = `${origin}${operationUrl(request.operation.path, request.params)}`;
  const change = (changes: Partial<RequestDraft>) => onChange({ ...draft, ...changes });
  const ranges = thresholdRanges[draft.form];

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (missing === null && !isSending) onSend();
  }

  return (
    <Section
      title="Request"
      actions={
        <Segmented
          label="Form of the request"
          value={draft.form}
          options={requestForms.map(({ id, label }) => ({ value: id, label }))}
          onChange={(form) => onChange(withForm(draft, form))}
        />
      }
    >
      <form onSubmit={submit} className="grid gap-4 p-4">
        <p className="text-muted text-xs">{formNotes[draft.form]}</p>
        <div className="grid gap-1.5">
          <div className="flex min-w-0 items-center gap-2 rounded-control border bg-sunken py-1 pr-1 pl-3">
            <span className="font-mono font-semibold text-good text-xs">POST</span>
            <code className="min-w-0 flex-1 break-all font-mono text-strong text-xs">{endpoint}</code>
            <CopyButton text={endpoint} label="Copy the endpoint" />
          </div>
          {draft.form === 'platform' && (
            <div className="flex items-center gap-2 text-muted text-xs">
              Name the model
              <Segmented
                label="How the model is named"
                value={draft.address}
                options={addresses}
                onChange={(address) => change({ address })}
              />
            </div>
          )}
        </div>
        <ImageChoice source={draft.source} takesUrl={takesUrl(draft.form)} onChange={(source) => change({ source })} />
        <div className="grid gap-x-6 gap-y-2 sm:grid-cols-2">
          <Field label={draft.form === 'hub-2024' ? 'confidence' : 'conf'} note="least score">
            <NumberField
              label="Confidence threshold"
              value={draft.conf}
              minimum={ranges.conf[0]}
              maximum={ranges.conf[1]}
              step={0.01}
              decimals={2}
              onChange={(conf) => change({ conf })}
            />
          </Field>
          <Field label="iou" note="overlap allowed">
            <NumberField
              label="IoU threshold"
              value={draft.iou}
              minimum={ranges.iou[0]}
              maximum={ranges.iou[1]}
              step={0.01}
              decimals={2}
              onChange={(iou) => change({ iou })}
            />
          </Field>
          <Field label={draft.form === 'hub-2024' ? 'size' : 'imgsz'} note="pixels">
            <Select
              label="Image size"
              value={draft.imgsz === null ? 'own' : (sizes.find((size) => size === String(draft.imgsz)) ?? 'own')}
              options={sizes.map((size) => ({ value: size, label: size === 'own' ? ownSize(draft) : size }))}
              onChange={(size) => change({ imgsz: size === 'own' ? null : Number(size) })}
            />
          </Field>
          {draft.form === 'platform' && (
            <Field label="format" note="dialect">
              <Select
                label="Format of the reply"
                value={draft.format}
                options={formatsOf(model).map((format) => ({ value: format, label: format }))}
                onChange={(format) => change({ format })}
              />
            </Field>
          )}
          {draft.form === 'hub-2024' && (
            <Field label="normalize" note="fractions">
              <Select
                label="Coordinates"
                value={draft.normalize ? 'true' : 'false'}
                options={[
                  { value: 'true', label: 'true' },
                  { value: 'false', label: 'false' },
                ]}
                onChange={(value) => change({ normalize: value === 'true' })}
              />
            </Field>
          )}
        </div>
        <div className="flex items-center justify-end gap-3">
          {missing !== null && <span className="text-muted text-xs">{missing}</span>}
          {isSending ? (
            <Button onClick={onStop}>
              <Square size={13} aria-hidden />
              Stop
            </Button>
          ) : (
            <Button type="submit" variant="primary" disabled={missing !== null}>
              <Send size={14} aria-hidden />
              Send request
            </Button>
          )}
        </div>
      </form>
    </Section>
  );
}

function ownSize({ form }: RequestDraft): string {
  return form === 'platform' ? 'the model’s own' : '640, as the HUB';
}

/** The dialects that have words for what the model answers, the default first. */
function formatsOf({ task }: Model): DialectName[] {
  const names = task === null ? (Object.keys(dialectTasks) as DialectName[]) : dialectsFor(task);
  return names.includes('platform') ? ['platform', ...names.filter((name) => name !== 'platform')] : names;
}

type FieldProps = { readonly label: string; readonly note: string; readonly children: ReactNode };

function Field({ label, note, children }: FieldProps) {
  return (
    <div className="flex min-h-8 items-center gap-2 text-xs">
      <span className="font-mono text-strong">{label}</span>
      <span className="min-w-0 flex-1 truncate text-muted">{note}</span>
      {children}
    </div>
  );
}
