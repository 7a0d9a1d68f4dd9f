'use client';

import { useQuery } from '@tanstack/react-query';
import type { WorkspaceCounts } from '@/components/home/next-steps';
import { apiQuery } from '@/lib/client/query-keys';
import { predictingKey } from '@/lib/core/platform-key';
import type { ModelSummary } from '@/lib/domain/models/schema';
import type { Project } from '@/lib/domain/projects/schema';
import { listApiKeysOperation } from '@/lib/http/operations/api-keys';
import { listModelsOperation } from '@/lib/http/operations/models';
import { listProjectsOperation } from '@/lib/http/operations/projects';

type WorkspaceGlance = {
  /** Null until everything is known: steps that jump from undone to done would lie for a moment. */
  readonly counts: WorkspaceCounts | null;
  readonly newestProject: Project | null;
  /** The newest model that predicts. */
  readonly readyModel: ModelSummary | null;
  /** Begins a key that may predict. */
  readonly keyPrefix: string | null;
  readonly error: unknown;
  readonly retry: () => void;
};

/** What is in the workspace, at a glance. */
export function useWorkspaceCounts(): WorkspaceGlance {
  const fresh = { staleTime: 0 };
  const projects = useQuery({ ...apiQuery(listProjectsOperation, { query: { limit: 1, sort: 'updated' } }), ...fresh });
  const models = useQuery({ ...apiQuery(listModelsOperation, { query: { limit: 1 } }), ...fresh });
  const ready = useQuery({ ...apiQuery(listModelsOperation, { query: { limit: 1, status: 'ready' } }), ...fresh });
  const keys = useQuery({ ...apiQuery(listApiKeysOperation, { query: { limit: 100 } }), ...fresh });
  const isKnown = projects.data && models.data && keys.data;
  return {
    counts: isKnown
      ? {
          projects: projects.data.meta.total,
          models: models.data.meta.total,
          keys: keys.data.meta.total,
          hasUsedKey: keys.data.items.some(({ lastUsedAt }) => lastUsedAt !== null),
        }
      : null,
    newestProject: projects.data?.items[0] ?? null,
    readyModel: ready.data?.items[0] ?? null,
    keyPrefix: predictingKey(keys.data?.items ?? [])?.prefix ?? null,
    error: projects.error ?? models.error ?? keys.error ?? ready.error,
    retry: () => {
      for (const reading of [projects, models, keys, ready]) if (reading.isError) void reading.refetch();
    },
  };
}
