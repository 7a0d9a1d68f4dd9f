'use client';

import { ScanEye } from 'lucide-react';
import type { ReactNode } from 'react';
import { ServerModel } from '@/components/models/server-model';
import { TestWorkspace } from '@/components/test/test-page';
import { EmptyState } from '@/components/ui/empty-state';
import { PageBody } from '@/components/ui/page-body';
import type { Model } from '@/lib/domain/models/schema';

type ModelTestProps = {
  readonly model: Model;
  /** The head of the model's page around the actions of this tab. */
  readonly head: (actions: ReactNode) => ReactNode;
};

/** The Test tab of a model: the same workspace as the page of that name, with this model in it. */
export function ModelTest({ model, head }: ModelTestProps) {
  const { status, statusReason } = model;
  const file = model.convertedFile ?? model.file;
  if (file === null || status !== 'ready') {
    return (
      <>
        {head(null)}
        <PageBody>
          <EmptyState icon={ScanEye} title="This model cannot be tested here">
            {statusReason ?? 'It has no file yet. Add one on the Overview tab.'}
          </EmptyState>
        </PageBody>
      </>
    );
  }
  // Another file is another model to the workspace, which begins anew with it.
  return (
    <TestWorkspace key={file.sha256} head={head} models={<ServerModel id={model.id} name={model.name} file={file} />} />
  );
}
