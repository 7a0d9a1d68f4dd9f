'use client';

import { TriangleAlert } from 'lucide-react';
import { PanelHeading } from '@/components/test/panels/panel-heading';
import { chooseSplit } from '@/components/train/document/choose-split';
import { fittingBatch, memoryNeed, warnBytes } from '@/components/train/panels/memory-need';
import { stepWords } from '@/components/train/panels/step-words';
import { useTrain, useTrainActions } from '@/components/train/session/session-context';
import { isBusy, labelledImages, type TrainImage } from '@/components/train/session/train-state';
import { formatBytes } from '@/components/ui/format';
import { NumberField } from '@/components/ui/number-field';
import { Select } from '@/components/ui/select';
import { Switch } from '@/components/ui/switch';

const backends = [
  { value: 'wasm', label: 'Processor (WASM)' },
  { value: 'webgpu', label: 'Graphics card (WebGPU)' },
] as const;

/** A rate to begin with for those who want one of their own. */
const usualRate = 0.001;

/** How it is trained. */
export function SettingsSection() {
  const settings = useTrain((state) => state.settings);
  const isLocked = useTrain(isBusy);
  const { changeSettings } = useTrainActions();
  return (
    <section aria-label="Settings">
      <PanelHeading title="Training" />
      <fieldset disabled={isLocked} className="grid gap-1 px-3 pb-2 text-xs">
        <Row label="Epochs" hint="How often all pictures are shown">
          <NumberField
            label="Epochs"
            value={settings.epochs}
            minimum={1}
            maximum={1000}
            step={1}
            disabled={isLocked}
            onChange={(epochs) => changeSettings({ epochs })}
          />
        </Row>
        <Row label="Image size" hint="Pixels of the longer side, a multiple of 32">
          <NumberField
            label="Image size"
            value={settings.imgsz}
            minimum={32}
            maximum={1280}
            step={32}
            disabled={isLocked}
            onChange={(imgsz) => changeSettings({ imgsz })}
          />
        </Row>
        <Row label="Batch" hint="Pictures in one step">
          <NumberField
            label="Batch"
            value={settings.batch}
            minimum={1}
            maximum={32}
            step={1}
            disabled={isLocked}
            onChange={(batch) => changeSettings({ batch })}
          />
        </Row>
        <Switch
          label="Learning rate by itself"
          description="The rate that fits the number of classes"
          checked={settings.lr0 === null}
          onChange={(isAuto) => changeSettings({ lr0: isAuto ? null : usualRate })}
        />
        {settings.lr0 !== null && (
          <Row label="Learning rate" hint="Size of the first steps">
            <NumberField
              label="Learning rate"
              value={settings.lr0}
              minimum={0.00001}
              maximum={0.1}
              step={0.00001}
              decimals={5}
              disabled={isLocked}
              onChange={(lr0) => changeSettings({ lr0 })}
            />
          </Row>
        )}
        <Switch
          label="Vary the pictures"
          description="Mosaics, mirrored, other sizes and colours: few pictures count for more"
          checked={settings.augments}
          onChange={(augments) => changeSettings({ augments })}
        />
        <Row label="Runs on" hint="The processor always works">
          <Select
            label="Where training runs"
            value={settings.backend}
            options={backends}
            onChange={(backend) => changeSettings({ backend })}
          />
        </Row>
        <MemoryWarning />
        <SplitWords />
        <StepWords />
      </fieldset>
    </section>
  );
}

function MemoryWarning() {
  const imgsz = useTrain((state) => state.settings.imgsz);
  const batch = useTrain((state) => state.settings.batch);
  const need = memoryNeed({ imgsz, batch });
  if (need < warnBytes) return null;
  return (
    <p className="flex gap-1.5 text-2xs text-warn">
      <TriangleAlert size={13} aria-hidden className="shrink-0" />
      <span>
        Needs about {formatBytes(need)} of memory. A batch of {fittingBatch(imgsz)} stays below {formatBytes(warnBytes)}
        .
      </span>
    </p>
  );
}

/** Which pictures are trained on and which are measured, before it begins. */
function SplitWords() {
  // A list of its own each time would render for ever: what it says is compared instead.
  const words = useTrain((state) => (isBusy(state) ? null : splitWords(labelledImages(state))));
  return words === null ? null : <p className="text-2xs text-muted">{words}</p>;
}

/** How long the run is, and whether that is enough for a network that begins with nothing. */
function StepWords() {
  const words = useTrain((state) => (isBusy(state) ? null : stepWords(state)));
  return words === null ? null : <p className="text-2xs text-muted">{words}</p>;
}

function splitWords(labelled: readonly TrainImage[]): string | null {
  if (labelled.length === 0) return null;
  const { train, val, isHeldOut } = chooseSplit(labelled);
  return isHeldOut
    ? `${train.length} pictures are trained on, ${val.length} are kept aside and measured.`
    : `All ${train.length} labelled pictures are trained on and measured; from 10 on a fifth is kept aside.`;
}

type RowProps = { readonly label: string; readonly hint: string; readonly children: React.ReactNode };

function Row({ label, hint, children }: RowProps) {
  return (
    <div className="flex min-h-7 items-center justify-between gap-3 touch:min-h-11" data-tip={hint}>
      <span className="text-body">{label}</span>
      {children}
    </div>
  );
}
