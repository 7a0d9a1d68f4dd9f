'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { callApi } from '@/lib/client/call-api';
import { apiQuery, tagKey } from '@/lib/client/query-keys';
import type { Model, UpdateModelInput } from '@/lib/domain/models/schema';
import { getModelOperation, updateModelOperation } from '@/lib/http/operations/models';

/** A model as it is now, with what changes it. */
export function useModel(initial: Model): {
  readonly model: Model;
  readonly change: (changes: UpdateModelInput) => Promise<void>;
} {
  const queries = useQueryClient();
  const params = { modelId: initial.id };
  const reading = apiQuery(getModelOperation, { params });
  const { data: model } = useQuery({ ...reading, initialData: initial, staleTime: 10_000 });
  const change = useCallback(
    async (changes: UpdateModelInput) => {
      const options = { params: { modelId: initial.id } };
      const changed = await callApi(updateModelOperation, { ...options, body: changes });
      queries.setQueryData(apiQuery(getModelOperation, options).queryKey, changed);
      for (const tag of ['Models', 'Activity']) void queries.invalidateQueries({ queryKey: tagKey(tag) });
    },
    [queries, initial.id],
  );
  return { model, change };
}
