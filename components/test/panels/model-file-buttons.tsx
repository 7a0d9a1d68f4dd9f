'use client';

import dynamic from 'next/dynamic';
import { useState } from 'react';
import { FineTuneButton } from '@/components/test/panels/fine-tune-button';
import { useTestActions } from '@/components/test/session/session-context';
import type { ModelEntry } from '@/components/test/session/test-state';
import { Button } from '@/components/ui/button';

// Dialogs are rarely opened, so their code is loaded when they are.
const InspectorDialog = dynamic(() =>
  import('@/components/inspector/inspector-dialog').then((module) => module.InspectorDialog),
);
const SaveModelDialog = dynamic(() =>
  import('@/components/test/dialogs/save-model-dialog').then((module) => module.SaveModelDialog),
);

/** What can be done with a model's file besides running it. */
export function ModelFileButtons({ model }: { readonly model: ModelEntry }) {
  const { inspectModel } = useTestActions();
  const [dialog, setDialog] = useState<'inspect' | 'save' | null>(null);
  const { content } = model;
  const isCheckpoint = content.status === 'ready' && content.conversion !== null;
  const close = () => setDialog(null);
  return (
    <div className="flex flex-wrap gap-1.5 px-2 pb-2">
      <Button size="small" onClick={() => setDialog('inspect')}>
        What is in this file
      </Button>
      {isCheckpoint && (
        <Button size="small" onClick={() => setDialog('save')}>
          Save as…
        </Button>
      )}
      {isCheckpoint && <FineTuneButton name={model.name} model={content} />}
      {dialog === 'inspect' && (
        <InspectorDialog
          fileKey={model.key}
          name={model.name}
          inspect={(signal) => inspectModel(model.key, { signal })}
          onClose={close}
        />
      )}
      {dialog === 'save' && content.status === 'ready' && (
        <SaveModelDialog modelKey={model.key} name={model.name} model={content} onClose={close} />
      )}
    </div>
  );
}
