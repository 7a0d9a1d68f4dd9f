'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useMemo } from 'react';
import { CatalogueDialog } from '@/components/catalogue/catalogue-dialog';
import type { WeightsAction } from '@/components/catalogue/use-weights';
import { callApi } from '@/lib/client/call-api';
import { tagKey } from '@/lib/client/query-keys';
import type { Project } from '@/lib/domain/projects/schema';
import { createModelFromWeightsOperation } from '@/lib/http/operations/catalogue';

type AddWeightsDialogProps = { readonly project: Project; readonly onClose: () => void };

/** The catalogue for a project: what is chosen becomes a model of it. */
export function AddWeightsDialog({ project, onClose }: AddWeightsDialogProps) {
  const queries = useQueryClient();
  const router = useRouter();
  const action = useMemo(
    (): WeightsAction => ({
      label: 'Add',
      busyLabel: 'Adding…',
      async run({ name }, signal) {
        const params = { name };
        const body = { projectId: project.id };
        const model = await callApi(createModelFromWeightsOperation, { params, body, signal });
        for (const tag of ['Models', 'Projects', 'Activity', 'Storage']) {
          void queries.invalidateQueries({ queryKey: tagKey(tag) });
        }
        onClose();
        router.push(`/models/${model.id}`);
      },
    }),
    [project.id, queries, router, onClose],
  );
  return <CatalogueDialog action={action} onClose={onClose} />;
}
