'use client';

import { PanelHeading } from '@/components/test/panels/panel-heading';
import { useTrainPickers } from '@/components/train/intake/train-pickers';
import { useTrain, useTrainActions } from '@/components/train/session/session-context';
import { type FreshScale, isBusy } from '@/components/train/session/train-state';
import { Button } from '@/components/ui/button';
import { FaultNote } from '@/components/ui/fault-note';
import { formatBytes } from '@/components/ui/format';
import { Select } from '@/components/ui/select';
import type { TrainableTask } from '@/lib/browser/training/training-job';

const tasks: readonly { readonly value: TrainableTask; readonly label: string }[] = [
  { value: 'detect', label: 'Boxes' },
  { value: 'segment', label: 'Masks' },
  { value: 'pose', label: 'Keypoints' },
  { value: 'obb', label: 'Rotated boxes' },
  { value: 'classify', label: 'Whole images' },
];

const scales: readonly { readonly value: FreshScale; readonly label: string }[] = [
  { value: 'n', label: 'sightline-n, small' },
  { value: 's', label: 'sightline-s, larger' },
];

/** What the labels of a task are made of, and where they come from on this page. */
const labelWords: Readonly<Record<TrainableTask, string>> = {
  detect: 'Boxes are drawn on the picture, or dropped as label files.',
  segment: 'Masks cannot be drawn here: drop their label files, or start from predictions.',
  pose: 'Keypoints cannot be drawn here: drop their label files with the data.yaml, or start from predictions.',
  obb: 'Rotated boxes cannot be drawn here: drop their label files, or start from predictions.',
  classify: 'Each picture gets one class: press its number, or drop folders named after classes.',
};

/** What is trained. */
export function ModelSection() {
  const model = useTrain((state) => state.model);
  const isLocked = useTrain(isBusy);
  const { useFresh: startFresh } = useTrainActions();
  const { pickModel } = useTrainPickers();
  const task = 'task' in model ? model.task : null;
  return (
    <section aria-label="Model">
      <PanelHeading title="Model" />
      <div className="grid gap-2 px-3 pb-3 text-xs">
        {model.kind === 'file' && (
          <div className="grid rounded-control bg-accent-soft px-2 py-1.5">
            <span className="truncate font-medium text-strong" title={model.name}>
              {model.name}
            </span>
            <span className="text-2xs text-muted">
              {model.spec.task} · {model.spec.names.length} {model.spec.names.length === 1 ? 'class' : 'classes'} ·{' '}
              {formatBytes(model.file.size)}
            </span>
          </div>
        )}
        {model.kind === 'reading' && (
          <p role="status" className="truncate text-muted">
            Reading {model.name}…
          </p>
        )}
        {model.kind === 'refused' && <FaultNote {...model.fault} />}
        {model.kind === 'fresh' && (
          <fieldset disabled={isLocked} className="grid gap-1.5">
            <Field label="New network">
              <Select
                label="New network"
                value={model.scale}
                options={scales}
                onChange={(scale) => startFresh(scale, model.task)}
              />
            </Field>
            <Field label="Finds">
              <Select
                label="What it finds"
                value={model.task}
                options={tasks}
                onChange={(next) => startFresh(model.scale, next)}
              />
            </Field>
            <p className="text-2xs text-muted">
              It has seen nothing yet: it needs many pictures and many steps. A .pt, of your own or an official one,
              needs few.
            </p>
          </fieldset>
        )}
        {task && <p className="text-2xs text-muted">{labelWords[task]}</p>}
        <div className="flex flex-wrap gap-1.5">
          <Button size="small" onClick={pickModel} disabled={isLocked}>
            {model.kind === 'file' ? 'Another .pt' : 'Choose a .pt'}
          </Button>
          {model.kind !== 'fresh' && (
            <Button size="small" variant="ghost" disabled={isLocked} onClick={() => startFresh('n', task ?? 'detect')}>
              A new network
            </Button>
          )}
        </div>
      </div>
    </section>
  );
}

function Field({ label, children }: { readonly label: string; readonly children: React.ReactNode }) {
  return (
    <div className="flex min-h-7 items-center justify-between gap-3">
      <span className="text-body">{label}</span>
      {children}
    </div>
  );
}
