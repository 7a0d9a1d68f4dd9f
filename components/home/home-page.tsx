'use client';

import { Plus, Upload } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useMemo, useState } from 'react';
import { PageHeader } from '@/components/frame/page-header';
import { CountTiles } from '@/components/home/count-tiles';
import { FirstSteps } from '@/components/home/first-steps';
import { nextSteps } from '@/components/home/next-steps';
import { QuickCall } from '@/components/home/quick-call';
import { RecentActivity } from '@/components/home/recent-activity';
import { StorageCard } from '@/components/home/storage-card';
import { useWorkspaceCounts } from '@/components/home/use-workspace-counts';
import { modelPath, projectPath } from '@/components/models/model-path';
import { NewProjectDialog } from '@/components/projects/new-project-dialog';
import { Button, buttonClass } from '@/components/ui/button';
import { PageBody } from '@/components/ui/page-body';
import { RequestFault } from '@/components/ui/request-fault';
import { WindowDrop } from '@/components/ui/window-drop';
import { ModelFileButton } from '@/components/upload/model-file-button';
import { useModelIntake } from '@/components/upload/use-model-intake';

type HomePageProps = { readonly displayName: string; readonly username: string };

/** What is here, what to do next, what happened last. */
export function HomePage({ displayName, username }: HomePageProps) {
  const router = useRouter();
  const { counts, newestProject, readyModel, keyPrefix, error, retry } = useWorkspaceCounts();
  const [isCreating, setCreating] = useState(false);
  const target = useMemo(
    () =>
      newestProject && ({ kind: 'new-model', projectId: newestProject.id, projectName: newestProject.name } as const),
    [newestProject],
  );
  const intake = useModelIntake(target);
  const words = newestProject ? `Drop models to add them to ${newestProject.name}` : 'Create a project first';

  return (
    <>
      <PageHeader title="Home">
        <Button variant="primary" onClick={() => setCreating(true)}>
          <Plus size={14} aria-hidden />
          New project
        </Button>
      </PageHeader>
      <PageBody>
        <div className="grid gap-0.5">
          <h2 className="font-semibold text-lg text-strong">{displayName}</h2>
          <p className="text-muted">
            Models of <span className="font-mono text-body">/{username}</span>, kept on this server and nowhere else.
          </p>
        </div>
        {error !== null && <RequestFault what="Not everything could be counted" error={error} onRetry={retry} />}
        <CountTiles counts={counts} />
        {counts && (
          <FirstSteps
            steps={nextSteps(counts)}
            actions={{
              project: (
                <Button variant="primary" onClick={() => setCreating(true)}>
                  <Plus size={14} aria-hidden />
                  Create a project
                </Button>
              ),
              model: (
                <ModelFileButton variant="primary" label="Models to upload" onFiles={intake.addFiles}>
                  <Upload size={14} aria-hidden />
                  Choose model files
                </ModelFileButton>
              ),
              key: (
                <Link href="/settings/api-keys?new=1" className={buttonClass('primary', 'medium')}>
                  Create a key
                </Link>
              ),
              call: readyModel ? (
                <Link href={modelPath(readyModel, 'api')} className={buttonClass('primary', 'medium')}>
                  See the code
                </Link>
              ) : (
                <Link href="/api/docs" className={buttonClass('primary', 'medium')}>
                  Open the API reference
                </Link>
              ),
            }}
          />
        )}
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
          <RecentActivity />
          <div className="grid min-w-0 gap-4">
            <StorageCard />
            {readyModel && <QuickCall model={readyModel} keyPrefix={keyPrefix} />}
          </div>
        </div>
      </PageBody>
      <WindowDrop
        words={words}
        onTransfer={(transfer) => (newestProject ? intake.addTransfer(transfer) : setCreating(true))}
      />
      {isCreating && (
        <NewProjectDialog
          owner={username}
          onClose={() => setCreating(false)}
          onCreated={(project) => router.push(projectPath(project))}
        />
      )}
    </>
  );
}
