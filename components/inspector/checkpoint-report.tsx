'use client';

import { useState } from 'react';
import { CheckpointSummary } from '@/components/inspector/checkpoint-summary';
import { ClassesPanel } from '@/components/inspector/classes-panel';
import { LayersPanel } from '@/components/inspector/layers-panel';
import { PicklePanel } from '@/components/inspector/pickle-panel';
import { TrainingPanel } from '@/components/inspector/training-panel';
import { Tabs } from '@/components/ui/tabs';
import type { CheckpointReport } from '@/lib/engines/model-files/checkpoint/inspect-checkpoint';

const tabs = [
  { id: 'summary', label: 'Summary' },
  { id: 'pickle', label: 'Pickle' },
  { id: 'training', label: 'Training' },
  { id: 'layers', label: 'Layers' },
  { id: 'classes', label: 'Classes' },
] as const;

type TabId = (typeof tabs)[number]['id'];

/** Everything the inspector found in a `.pt`; of a refused one, its names only. */
export function CheckpointReportView({ report }: { readonly report: CheckpointReport }) {
  const [tab, setTab] = useState<TabId>('summary');
  const { contents } = report;
  return (
    <>
      <Tabs label="Findings" tabs={contents ? tabs : tabs.slice(0, 2)} selected={tab} onSelect={setTab} />
      <div className="flex h-[min(520px,calc(100dvh-160px))] min-h-0 flex-col">
        {tab === 'summary' && <CheckpointSummary report={report} />}
        {tab === 'pickle' && <PicklePanel report={report} />}
        {contents && tab === 'training' && <TrainingPanel contents={contents} />}
        {contents && tab === 'layers' && <LayersPanel layers={contents.layers} />}
        {contents && tab === 'classes' && <ClassesPanel names={contents.names} />}
      </div>
    </>
  );
}
