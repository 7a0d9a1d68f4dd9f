'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Boxes, LayoutGrid, List, Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useMemo } from 'react';
import { PageHeader } from '@/components/frame/page-header';
import { projectPath } from '@/components/models/model-path';
import { NewProjectDialog } from '@/components/projects/new-project-dialog';
import { ProjectCard } from '@/components/projects/project-card';
import { ProjectsTable } from '@/components/projects/projects-table';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { PageBody } from '@/components/ui/page-body';
import { Pager } from '@/components/ui/pager';
import { parsedParams } from '@/components/ui/parsed-params';
import { RequestFault } from '@/components/ui/request-fault';
import { SearchField } from '@/components/ui/search-field';
import { Segmented } from '@/components/ui/segmented';
import { Select } from '@/components/ui/select';
import { SkeletonRows } from '@/components/ui/skeleton-rows';
import { useOrigin } from '@/components/ui/use-origin';
import { useUrlParams } from '@/components/ui/use-url-params';
import { apiQuery } from '@/lib/client/query-keys';
import { listProjectsQuery } from '@/lib/domain/projects/schema';
import { createProjectOperation, listProjectsOperation } from '@/lib/http/operations/projects';
import { curlSnippet } from '@/lib/http/snippets/curl-snippet';

const visibilities = [
  { value: 'all', label: 'All' },
  { value: 'private', label: 'Private' },
  { value: 'public', label: 'Public' },
] as const;

const sorts = [
  { value: 'newest', label: 'Newest first' },
  { value: 'oldest', label: 'Oldest first' },
  { value: 'updated', label: 'Last changed' },
  { value: 'name', label: 'Name' },
] as const;

const views = [
  { value: 'cards', label: 'Cards', icon: LayoutGrid },
  { value: 'table', label: 'Table', icon: List },
] as const;

/** Every project of the workspace: searched, filtered, sorted, as cards or a table, all in the address. */
export function ProjectsPage({ owner }: { readonly owner: string }) {
  const router = useRouter();
  const url = useUrlParams();
  const query = useMemo(() => parsedParams(listProjectsQuery, url.values), [url.values]);
  const view = url.values.view === 'table' ? 'table' : 'cards';
  const projects = useQuery({
    ...apiQuery(listProjectsOperation, { query }),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
  const isFiltered = query.search !== undefined || query.visibility !== undefined;
  const isEmpty = projects.data?.meta.total === 0 && !isFiltered;

  return (
    <>
      <PageHeader title="Projects">
        <Button variant="primary" onClick={() => url.set({ new: 1 })}>
          <Plus size={14} aria-hidden />
          New project
        </Button>
      </PageHeader>
      <PageBody>
        {!isEmpty && (
          <search className="flex flex-wrap items-center gap-2">
            <SearchField
              label="Search projects"
              value={query.search ?? ''}
              onSearch={(search) => url.set({ search, page: null }, 'replace')}
              className="w-64 max-sm:w-full"
            />
            <Select
              label="Visibility"
              value={query.visibility ?? 'all'}
              options={visibilities}
              onChange={(value) => url.set({ visibility: value === 'all' ? null : value, page: null })}
            />
            <Select
              label="Order"
              value={query.sort}
              options={sorts}
              onChange={(sort) => url.set({ sort: sort === 'newest' ? null : sort, page: null })}
            />
            <div className="ml-auto">
              <Segmented
                label="View"
                value={view}
                options={views}
                onChange={(next) => url.set({ view: next === 'cards' ? null : next })}
              />
            </div>
          </search>
        )}
        {projects.isPending && <SkeletonRows count={4} height={view === 'cards' ? 132 : 36} label="Loading projects" />}
        {projects.isError && (
          <RequestFault
            what="The projects could not be loaded"
            error={projects.error}
            onRetry={() => void projects.refetch()}
          />
        )}
        {projects.data && (
          <>
            {isEmpty && <FirstProject onCreate={() => url.set({ new: 1 })} />}
            {!isEmpty && projects.data.items.length === 0 && (
              <EmptyState
                icon={Boxes}
                title="No project fits"
                action={
                  <Button onClick={() => url.set({ search: null, visibility: null, page: null })}>Show all</Button>
                }
              >
                Nothing matches this search and filter on this page.
              </EmptyState>
            )}
            {projects.data.items.length > 0 && view === 'cards' && (
              <ul
                aria-label="Projects"
                className="grid grid-cols-[repeat(auto-fill,minmax(min(280px,100%),1fr))] gap-3"
              >
                {projects.data.items.map((project) => (
                  <li key={project.id} className="grid min-w-0">
                    <ProjectCard project={project} />
                  </li>
                ))}
              </ul>
            )}
            {projects.data.items.length > 0 && view === 'table' && (
              <ProjectsTable
                projects={projects.data.items}
                sort={query.sort}
                onSort={(sort) => url.set({ sort: sort === 'newest' ? null : sort, page: null })}
              />
            )}
            <Pager
              {...projects.data.meta}
              noun="projects"
              onPage={(page) => url.set({ page: page === 1 ? null : page })}
              onLimit={(limit) => url.set({ limit: limit === 20 ? null : limit, page: null })}
            />
          </>
        )}
      </PageBody>
      {url.values.new !== undefined && (
        <NewProjectDialog
          owner={owner}
          onClose={() => url.set({ new: null }, 'replace')}
          onCreated={(project) => router.push(projectPath(project))}
        />
      )}
    </>
  );
}

function FirstProject({ onCreate }: { readonly onCreate: () => void }) {
  const origin = useOrigin();
  return (
    <EmptyState
      icon={Boxes}
      title="No projects yet"
      action={
        <Button variant="primary" onClick={onCreate}>
          <Plus size={14} aria-hidden />
          Create your first project
        </Button>
      }
      command={curlSnippet(createProjectOperation, { origin, body: { name: 'Traffic' } })}
    >
      A project holds models that belong together, so that they can be compared and called by one address.
    </EmptyState>
  );
}
