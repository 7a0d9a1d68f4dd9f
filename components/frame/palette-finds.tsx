'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Command } from 'cmdk';
import { Box, Boxes } from 'lucide-react';
import { PaletteHeading } from '@/components/frame/palette-heading';
import { PaletteItem } from '@/components/frame/palette-item';
import { RequestFault } from '@/components/ui/request-fault';
import { useSettledValue } from '@/components/ui/use-settled-value';
import { apiQuery } from '@/lib/client/query-keys';
import { listModelsOperation } from '@/lib/http/operations/models';
import { listProjectsOperation } from '@/lib/http/operations/projects';

type PaletteFindsProps = {
  readonly search: string;
  readonly onGo: (href: string) => void;
};

/** As many of each kind as fit above the pages without scrolling. */
const mostFinds = 5;
const settleMilliseconds = 150;

/** The projects and models that are called what was typed; the newest ones before anything is. */
export function PaletteFinds({ search, onGo }: PaletteFindsProps) {
  const settled = useSettledValue(search.trim(), settleMilliseconds);
  const query = { limit: mostFinds, sort: 'updated' as const, search: settled === '' ? undefined : settled };
  const reading = { staleTime: 10_000, placeholderData: keepPreviousData };
  const projects = useQuery({ ...apiQuery(listProjectsOperation, { query }), ...reading });
  const models = useQuery({ ...apiQuery(listModelsOperation, { query }), ...reading });
  const error = projects.error ?? models.error;
  if (error !== null)
    return <RequestFault what="Projects and models could not be searched" error={error} className="m-1" />;
  return (
    <>
      {(projects.data?.items ?? []).length > 0 && (
        <Command.Group forceMount heading={<PaletteHeading>Projects</PaletteHeading>}>
          {projects.data?.items.map(({ id, name, slug, owner }) => (
            <PaletteItem
              key={id}
              value={`project ${id}`}
              icon={Boxes}
              isFound
              onSelect={() => onGo(`/${owner}/${slug}`)}
            >
              {name}
            </PaletteItem>
          ))}
        </Command.Group>
      )}
      {(models.data?.items ?? []).length > 0 && (
        <Command.Group forceMount heading={<PaletteHeading>Models</PaletteHeading>}>
          {models.data?.items.map(({ id, name, slug, owner, projectSlug, projectName, task }) => (
            <PaletteItem
              key={id}
              value={`model ${id}`}
              icon={Box}
              isFound
              onSelect={() => onGo(`/${owner}/${projectSlug}/${slug}`)}
            >
              {name}
              <span className="truncate text-muted text-xs">
                {projectName}
                {task !== null && ` · ${task}`}
              </span>
            </PaletteItem>
          ))}
        </Command.Group>
      )}
    </>
  );
}
