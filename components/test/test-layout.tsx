'use client';

import { Box, Images, ListChecks, SlidersHorizontal } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import type { StageControls } from '@/components/stage/stage-controls';
import { ClassList } from '@/components/test/panels/class-list';
import { ModelPanel } from '@/components/test/panels/model-panel';
import { PanelHeading } from '@/components/test/panels/panel-heading';
import { ResultsPanel } from '@/components/test/panels/results-panel';
import { ThresholdControls } from '@/components/test/panels/threshold-controls';
import { useTest } from '@/components/test/session/session-context';
import { StagePane } from '@/components/test/stage-area/stage-pane';
import { ImageStrip } from '@/components/test/strip/image-strip';
import { StatusBar } from '@/components/test/strip/status-bar';
import { classNames } from '@/components/ui/class-names';

/** On small screens one panel at a time lies under the stage. */
const panels = [
  { id: 'models', label: 'Models', icon: Box },
  { id: 'settings', label: 'Settings', icon: SlidersHorizontal },
  { id: 'results', label: 'Results', icon: ListChecks },
  { id: 'images', label: 'Images', icon: Images },
] as const;

type PanelId = (typeof panels)[number]['id'];

type TestLayoutProps = {
  readonly controls: StageControls;
  readonly onUrl: () => void;
  /** What stands below the models. */
  readonly modelFoot: ReactNode;
};

/** Models, stage, inspector and strip: side by side on a desk, stage above one panel in a hand. */
export function TestLayout({ controls, onUrl, modelFoot }: TestLayoutProps) {
  const [panel, setPanel] = useState<PanelId>('models');
  // Before there is anything, the stage alone teaches what to do.
  const isBlank = useTest(
    (state) => state.models.length === 0 && state.images.length === 0 && state.live.kind === 'off',
  );
  const only = (id: PanelId, className: string) => classNames(className, (isBlank || panel !== id) && 'max-lg:hidden');
  const sheet = 'max-lg:h-[38dvh] max-lg:overflow-y-auto';
  return (
    <main className="flex min-h-0 flex-1 flex-col">
      <div className="flex min-h-0 flex-1 flex-col lg:grid lg:grid-cols-[248px_minmax(0,1fr)_300px] lg:grid-rows-[minmax(0,1fr)_auto]">
        <aside
          aria-label="Models"
          className={only('models', `order-3 flex min-h-0 flex-col lg:order-none lg:border-r ${sheet}`)}
        >
          <ModelPanel foot={modelFoot} />
        </aside>
        <StagePane controls={controls} />
        {!isBlank && <PanelTabs panel={panel} onChange={setPanel} />}
        <aside
          aria-label="Inspector"
          className="order-3 flex min-h-0 flex-col max-lg:contents lg:order-none lg:row-span-2 lg:border-l"
        >
          <div className={only('settings', `order-3 lg:min-h-32 lg:overflow-y-auto ${sheet}`)}>
            <PanelHeading title="Settings" />
            <ThresholdControls />
            <ClassList />
          </div>
          <div
            className={only(
              'results',
              `order-3 flex min-h-0 flex-1 flex-col overflow-y-auto max-lg:flex-none lg:min-h-56 lg:border-t ${sheet}`,
            )}
          >
            <ResultsPanel />
          </div>
        </aside>
        <div className={only('images', 'order-3 min-w-0 lg:order-none lg:col-span-2 lg:border-t')}>
          <ImageStrip onUrl={onUrl} />
        </div>
      </div>
      <StatusBar />
    </main>
  );
}

function PanelTabs({ panel, onChange }: { readonly panel: PanelId; readonly onChange: (panel: PanelId) => void }) {
  const hasFault = useTest((state) =>
    state.models.some(
      ({ content }) => content.status === 'refused' || (content.status === 'ready' && content.fault !== null),
    ),
  );

  function onKeyDown(event: KeyboardEvent): void {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    event.stopPropagation();
    const at = panels.findIndex(({ id }) => id === panel);
    const next = panels[(at + step + panels.length) % panels.length];
    if (!next) return;
    onChange(next.id);
    document.getElementById(`tab-${next.id}`)?.focus();
  }

  return (
    <div
      role="tablist"
      aria-label="Panels"
      onKeyDown={onKeyDown}
      className="order-2 grid shrink-0 grid-cols-4 border-y bg-base lg:hidden"
    >
      {panels.map(({ id, label, icon: Icon }) => (
        <button
          type="button"
          role="tab"
          key={id}
          id={`tab-${id}`}
          aria-selected={panel === id}
          tabIndex={panel === id ? 0 : -1}
          onClick={() => onChange(id)}
          className={classNames(
            'flex h-11 items-center justify-center gap-1.5 border-b-2 font-medium text-xs',
            panel === id ? 'border-b-accent text-strong' : 'border-b-transparent text-muted',
          )}
        >
          <Icon size={14} aria-hidden />
          {label}
          {id === 'models' && hasFault && (
            <span className="size-1.5 rounded-full bg-bad">
              <span className="sr-only">, error</span>
            </span>
          )}
        </button>
      ))}
    </div>
  );
}
