'use client';

import type { ReactNode } from 'react';
import { type BoxesChoice, boxesChoices, type ConversionChoice } from '@/components/test/dialogs/conversion-choice';
import { NumberField } from '@/components/ui/number-field';
import { Select } from '@/components/ui/select';
import { Switch } from '@/components/ui/switch';
import { newestOpset, oldestOpset } from '@/lib/engines/graph/graph-builder';
import type { ModelSpec } from '@/lib/engines/model-files/model-facts';

const largestSide = 8192;
const largestBatch = 256;

const boxesLabels: Readonly<Record<BoxesChoice, string>> = {
  'end-to-end': 'End-to-end: final boxes',
  plain: 'Of every anchor: NMS elsewhere',
  suppressed: 'NMS inside the model',
};

const opsets = Array.from({ length: newestOpset - oldestOpset + 1 }, (_, i) => String(oldestOpset + i));

type ConversionFieldsProps = {
  readonly spec: ModelSpec;
  readonly isEndToEnd: boolean;
  readonly choice: ConversionChoice;
  readonly onChange: (choice: ConversionChoice) => void;
};

/** The options of an ONNX file. */
export function ConversionFields({ spec, isEndToEnd, choice, onChange }: ConversionFieldsProps) {
  const change = (part: Partial<ConversionChoice>) => onChange({ ...choice, ...part });
  const boxes = boxesChoices(spec.task, isEndToEnd).map((value) => ({ value, label: boxesLabels[value] }));
  const stride = Math.max(spec.stride, 32);
  const side = { minimum: stride, maximum: largestSide, step: stride } as const;
  return (
    <>
      <Field label="Image size, width × height">
        <NumberField label="Width" {...side} value={choice.width} onChange={(width) => change({ width })} />
        <span aria-hidden className="text-muted">
          ×
        </span>
        <NumberField label="Height" {...side} value={choice.height} onChange={(height) => change({ height })} />
      </Field>
      <Switch
        label="Dynamic: any size and batch"
        checked={choice.dynamic}
        onChange={(dynamic) => change({ dynamic })}
      />
      {!choice.dynamic && (
        <Field label="Images per run">
          <NumberField
            label="Images per run"
            minimum={1}
            maximum={largestBatch}
            step={1}
            value={choice.batch}
            onChange={(batch) => change({ batch })}
          />
        </Field>
      )}
      <Switch label="Half precision: half the size" checked={choice.half} onChange={(half) => change({ half })} />
      {boxes.length > 0 && (
        <Field label="Boxes">
          <Select label="Boxes" value={choice.boxes} options={boxes} onChange={(value) => change({ boxes: value })} />
        </Field>
      )}
      {choice.boxes === 'suppressed' && <SuppressionFields choice={choice} change={change} />}
      <Field label="Opset">
        <Select
          label="Opset"
          value={String(choice.opset)}
          options={opsets.map((value) => ({ value, label: value }))}
          onChange={(value) => change({ opset: Number(value) })}
        />
      </Field>
    </>
  );
}

type SuppressionFieldsProps = {
  readonly choice: ConversionChoice;
  readonly change: (part: Partial<ConversionChoice>) => void;
};

function SuppressionFields({ choice, change }: SuppressionFieldsProps) {
  const share = { minimum: 0, maximum: 1, step: 0.01, decimals: 2 } as const;
  return (
    <div className="grid gap-3 border-l-2 pl-3">
      <Field label="Confidence">
        <NumberField label="Confidence" {...share} value={choice.conf} onChange={(conf) => change({ conf })} />
      </Field>
      <Field label="IoU">
        <NumberField label="IoU" {...share} value={choice.iou} onChange={(iou) => change({ iou })} />
      </Field>
      <Field label="Max detections">
        <NumberField
          label="Max detections"
          minimum={1}
          maximum={30_000}
          step={1}
          value={choice.maxDetections}
          onChange={(maxDetections) => change({ maxDetections })}
        />
      </Field>
      <Switch label="Agnostic NMS" checked={choice.agnostic} onChange={(agnostic) => change({ agnostic })} />
    </div>
  );
}

function Field({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="flex min-h-7 items-center justify-between gap-3">
      <span aria-hidden>{label}</span>
      <span className="flex min-w-0 items-center gap-1.5">{children}</span>
    </div>
  );
}
