'use client';

import { useMemo, useState } from 'react';
import { ClassesPanel } from '@/components/inspector/classes-panel';
import { type Fact, FactList } from '@/components/inspector/fact-list';
import { NamedValues } from '@/components/inspector/named-values';
import { formatBytes, formatCount } from '@/components/ui/format';
import { Tabs } from '@/components/ui/tabs';
import type { OnnxReport } from '@/lib/engines/model-files/inspect-model-file';
import type { TensorFacts } from '@/lib/engines/model-files/model-facts';

const tabs = [
  { id: 'summary', label: 'Summary' },
  { id: 'operators', label: 'Operators' },
  { id: 'metadata', label: 'Metadata' },
  { id: 'classes', label: 'Classes' },
] as const;

/** Everything an ONNX file says about itself. */
export function OnnxReportView({ report }: { readonly report: OnnxReport }) {
  const [tab, setTab] = useState<(typeof tabs)[number]['id']>('summary');
  const { facts, names } = report;
  const metadata = useMemo(
    () => Object.entries(facts.rawMetadata).map(([name, value]) => ({ name, value })),
    [facts.rawMetadata],
  );
  const operators = useMemo(() => facts.operators.map((name) => ({ name, value: '' })), [facts.operators]);
  const classes = useMemo(() => Object.fromEntries(names.entries()), [names]);
  return (
    <>
      <Tabs label="Findings" tabs={tabs} selected={tab} onSelect={setTab} />
      <div className="flex h-[min(520px,calc(100dvh-160px))] min-h-0 flex-col">
        {tab === 'summary' && <OnnxSummary report={report} />}
        {tab === 'operators' && <NamedValues what="operators" rows={operators} />}
        {tab === 'metadata' && <NamedValues what="metadata" rows={metadata} />}
        {tab === 'classes' && <ClassesPanel names={classes} />}
      </div>
    </>
  );
}

function OnnxSummary({ report }: { readonly report: OnnxReport }) {
  const { facts, imageSize } = report;
  const rows: Fact[] = [
    ['Task', report.task],
    ['Classes', report.names.length],
    ['Image size', `${imageSize.width} × ${imageSize.height}, ${imageSize.dynamic ? 'dynamic' : 'fixed'}`],
    ['Stride', `${report.stride} px`],
    ['Parameters', formatCount(facts.parameterCount)],
    ['Precision', facts.precision],
    ['Opset', facts.opset],
    ['Made by', facts.producer || 'not told'],
    ['File', formatBytes(facts.sizeBytes)],
    ['Inputs', facts.inputs.map(tensorWords).join('; ')],
    ['Outputs', facts.outputs.map(tensorWords).join('; ')],
  ];
  return (
    <div className="grid content-start gap-4 overflow-y-auto p-4 text-xs">
      <p>An ONNX file is a graph of operators without code of its own.</p>
      <FactList facts={rows} />
      <section aria-label="Readings" className="grid gap-1">
        <h3 className="font-medium text-strong">How its outputs can be read</h3>
        <ul className="grid gap-1">
          {report.readings.map(({ label, reason }) => (
            <li key={label}>
              <span className="text-strong">{label}</span> <span className="text-muted">{reason}</span>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

function tensorWords({ name, elementType, shape }: TensorFacts): string {
  return `${name} ${elementType} [${shape.join(', ')}]`;
}
