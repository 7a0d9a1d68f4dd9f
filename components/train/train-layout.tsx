'use client';

import { Box, Images, Play } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { StageControls } from '@/components/stage/stage-controls';
import { ClassesSection } from '@/components/train/panels/classes-section';
import { ModelSection } from '@/components/train/panels/model-section';
import { ProblemsSection } from '@/components/train/panels/problems-section';
import { RunSection } from '@/components/train/panels/run-section';
import { SettingsSection } from '@/components/train/panels/settings-section';
import { useTrain } from '@/components/train/session/session-context';
import { TrainStage } from '@/components/train/stage/train-stage';
import { TrainStrip } from '@/components/train/strip/train-strip';
import { classNames } from '@/components/ui/class-names';

/** On small screens one panel at a time lies under the stage. */
const panels = [
  { id: 'model', label: 'Model', icon: Box },
  { id: 'pictures', label: 'Pictures', icon: Images },
  { id: 'train', label: 'Train', icon: Play },
] as const;

type PanelId = (typeof panels)[number]['id'];

/** Model and classes, stage, training and strip: side by side on a desk, stage above one panel in a hand. */
export function TrainLayout({ controls }: { readonly controls: StageControls }) {
  const [panel, setPanel] = useState<PanelId>('model');
  const sheet = 'order-3 max-lg:h-[42dvh] max-lg:overflow-y-auto';
  const only = (id: PanelId, className: string) => classNames(className, panel !== id && 'max-lg:hidden');
  return (
    <main className="flex min-h-0 flex-1 flex-col lg:grid lg:grid-cols-[248px_minmax(0,1fr)_300px] lg:grid-rows-[minmax(0,1fr)_auto]">
      <aside
        aria-label="Model and classes"
        className={only('model', `${sheet} lg:order-none lg:overflow-y-auto lg:border-r`)}
      >
        <ModelSection />
        <ClassesSection />
        <ProblemsSection />
      </aside>
      <TrainStage controls={controls} />
      <PanelButtons panel={panel} onChange={setPanel} />
      <aside
        aria-label="Training"
        className={only('train', `${sheet} lg:order-none lg:row-span-2 lg:overflow-y-auto lg:border-l`)}
      >
        <SettingsSection />
        <RunSection />
      </aside>
      <div className={only('pictures', 'order-3 min-w-0 lg:order-none lg:col-span-2 lg:border-t')}>
        <TrainStrip />
      </div>
    </main>
  );
}

function PanelButtons({ panel, onChange }: { readonly panel: PanelId; readonly onChange: (panel: PanelId) => void }) {
  const hasProblems = useTrain((state) => state.problems.length > 0 || state.model.kind === 'refused');
  return (
    <fieldset aria-label="Panels" className="order-2 grid shrink-0 grid-cols-3 border-y bg-base lg:hidden">
      {panels.map(({ id, label, icon: Icon }) => (
        <button
          type="button"
          key={id}
          aria-pressed={panel === id}
          onClick={() => onChange(id)}
          className={classNames(
            'flex h-11 items-center justify-center gap-1.5 border-b-2 font-medium text-xs',
            panel === id ? 'border-b-accent text-strong' : 'border-b-transparent text-muted',
          )}
        >
          <Icon size={14} aria-hidden />
          {label}
          {id === 'model' && hasProblems && <ProblemDot />}
        </button>
      ))}
    </fieldset>
  );
}

function ProblemDot(): ReactNode {
  return (
    <span className="size-1.5 rounded-full bg-bad">
      <span className="sr-only">, problems</span>
    </span>
  );
}
