'use client';

import type { ReactNode } from 'react';
import { SearchField } from '@/components/ui/search-field';
import { Select } from '@/components/ui/select';
import type { UrlParams } from '@/components/ui/use-url-params';
import { tasks } from '@/lib/core/task';
import type { ListModelsQuery } from '@/lib/domain/models/schema';

const taskOptions = [{ value: 'all', label: 'Every task' }, ...tasks.map((task) => ({ value: task, label: task }))];

const statusOptions = [
  { value: 'all', label: 'Every status' },
  { value: 'ready', label: 'Ready' },
  { value: 'stored', label: 'Stored only' },
  { value: 'untrained', label: 'No file' },
  { value: 'failed', label: 'Failed' },
] as const;

const sorts = [
  { value: 'newest', label: 'Newest first' },
  { value: 'oldest', label: 'Oldest first' },
  { value: 'updated', label: 'Last changed' },
  { value: 'name', label: 'Name' },
  { value: 'size', label: 'Largest first' },
] as const;

type ProjectModelsToolbarProps = {
  readonly query: ListModelsQuery;
  /** Cards are ordered here; a table by its heads. */
  readonly showsOrder: boolean;
  readonly onChange: UrlParams['set'];
  readonly children: ReactNode;
};

/** Search and filters over the models of a project. */
export function ProjectModelsToolbar({ query, showsOrder, onChange, children }: ProjectModelsToolbarProps) {
  return (
    <search className="flex flex-wrap items-center gap-2">
      <SearchField
        label="Search models"
        value={query.search ?? ''}
        onSearch={(search) => onChange({ search, page: null }, 'replace')}
        className="w-56 max-sm:w-full"
      />
      <Select
        label="Task"
        value={query.task ?? 'all'}
        options={taskOptions}
        onChange={(value) => onChange({ task: value === 'all' ? null : value, page: null })}
      />
      <Select
        label="Status"
        value={query.status ?? 'all'}
        options={statusOptions}
        onChange={(value) => onChange({ status: value === 'all' ? null : value, page: null })}
      />
      {showsOrder && (
        <Select
          label="Order"
          value={query.sort}
          options={sorts}
          onChange={(sort) => onChange({ sort: sort === 'newest' ? null : sort, page: null })}
        />
      )}
      <div className="ml-auto flex flex-wrap items-center gap-2">{children}</div>
    </search>
  );
}
