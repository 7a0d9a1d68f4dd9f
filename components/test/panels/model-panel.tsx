'use client';

import { PackageOpen, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useFilePickers } from '@/components/test/intake/file-pickers';
import { ModelRow } from '@/components/test/panels/model-row';
import { PanelHeading } from '@/components/test/panels/panel-heading';
import { useTest } from '@/components/test/session/session-context';
import { Button } from '@/components/ui/button';

/** The left panel: every model of this machine, what it is, and how to get one. `foot` stands below them. */
export function ModelPanel({ foot }: { readonly foot: ReactNode }) {
  const models = useTest((state) => state.models);
  const { pickModels, pickWeights } = useFilePickers();
  return (
    <>
      <PanelHeading title="Models" note={models.length > 0 ? models.length : undefined}>
        <Button
          variant="ghost"
          size="icon-small"
          aria-label="Add a model"
          data-tip="Add .pt or .onnx files"
          onClick={pickModels}
        >
          <Plus size={15} aria-hidden />
        </Button>
      </PanelHeading>
      <div className="min-h-0 flex-1 overflow-y-auto px-2 pb-2 max-lg:flex-none max-lg:overflow-visible">
        {models.length > 0 && (
          <ul className="grid gap-0.5">
            {models.map((model) => (
              <ModelRow key={model.key} model={model} />
            ))}
          </ul>
        )}
        <div className="grid justify-items-start gap-2 px-1 pt-1.5">
          {models.length === 0 && (
            <>
              <p className="text-muted text-xs">
                Drop a YOLO model as <span className="font-mono text-body">.pt</span> or{' '}
                <span className="font-mono text-body">.onnx</span>: v5u to v12 and 26, any task.
              </p>
              <Button onClick={pickModels}>
                <Plus size={14} aria-hidden />
                Add a model
              </Button>
            </>
          )}
          <Button variant={models.length === 0 ? 'secondary' : 'ghost'} onClick={pickWeights}>
            <PackageOpen size={14} aria-hidden />
            Official weights…
          </Button>
        </div>
      </div>
      {foot}
    </>
  );
}
