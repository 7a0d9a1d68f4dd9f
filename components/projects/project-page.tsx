'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { EllipsisVertical, Trash2, Upload } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useMemo, useState } from 'react';
import { CatalogueButton } from '@/components/catalogue/catalogue-button';
import { PageHeader } from '@/components/frame/page-header';
import { ProjectMark } from '@/components/projects/project-mark';
import { ProjectModels } from '@/components/projects/project-models';
import { useTrash } from '@/components/projects/use-trash';
import { VisibilityBadge } from '@/components/projects/visibility-badge';
import { buttonClass } from '@/components/ui/button';
import { EditableText } from '@/components/ui/editable-text';
import { formatBytes } from '@/components/ui/format';
import { Menu, MenuItem } from '@/components/ui/menu';
import { PageBody } from '@/components/ui/page-body';
import { RelativeTime } from '@/components/ui/relative-time';
import { faultWords, RequestFault } from '@/components/ui/request-fault';
import { WindowDrop } from '@/components/ui/window-drop';
import { ModelFileButton } from '@/components/upload/model-file-button';
import { useModelIntake } from '@/components/upload/use-model-intake';
import { callApi } from '@/lib/client/call-api';
import { apiQuery, tagKey } from '@/lib/client/query-keys';
import type { Project, UpdateProjectInput } from '@/lib/domain/projects/schema';
import { getProjectOperation, updateProjectOperation } from '@/lib/http/operations/projects';

/** One project: what it is, who may see it, and its models. Files dropped anywhere become models of it. */
export function ProjectPage({ initial }: { readonly initial: Project }) {
  const router = useRouter();
  const queries = useQueryClient();
  const moveToTrash = useTrash();
  const reading = apiQuery(getProjectOperation, { params: { projectId: initial.id } });
  const { data: project } = useQuery({ ...reading, initialData: initial, staleTime: 10_000 });
  const { id, name, description, visibility, modelCount, sizeBytes, updatedAt } = project;
  const target = useMemo(() => ({ kind: 'new-model', projectId: id, projectName: name }) as const, [id, name]);
  const intake = useModelIntake(target);
  const [trashFault, setTrashFault] = useState<unknown>(null);

  async function change(changes: UpdateProjectInput): Promise<void> {
    const changed = await callApi(updateProjectOperation, { params: { projectId: id }, body: changes });
    queries.setQueryData(reading.queryKey, changed);
    for (const tag of ['Projects', 'Models', 'Activity']) void queries.invalidateQueries({ queryKey: tagKey(tag) });
  }

  const save = (field: 'name' | 'description') => (value: string) =>
    change({ [field]: value }).then(() => null, faultWords);

  async function remove(): Promise<void> {
    try {
      setTrashFault(null);
      await moveToTrash({ type: 'project', id, name }, () => router.push(`/projects/${id}`));
      router.push('/projects');
    } catch (error) {
      setTrashFault(error);
    }
  }

  return (
    <>
      <PageHeader
        title={name}
        titleBelow
        crumbs={[{ label: 'Projects', href: '/projects' }]}
        badge={
          <VisibilityBadge
            noun="project"
            name={name}
            visibility={visibility}
            onChange={(next) => change({ visibility: next })}
          />
        }
      >
        <Menu
          label="More about this project"
          tip="More"
          control={<EllipsisVertical size={16} aria-hidden />}
          controlClass={buttonClass('ghost', 'icon')}
        >
          <MenuItem icon={<Trash2 size={14} aria-hidden />} tone="danger" onSelect={() => void remove()}>
            Move to trash
          </MenuItem>
        </Menu>
        <CatalogueButton project={project} />
        <ModelFileButton variant="primary" label="Models to upload" onFiles={intake.addFiles}>
          <Upload size={14} aria-hidden />
          <span className="max-sm:sr-only">Upload models</span>
        </ModelFileButton>
      </PageHeader>
      <PageBody>
        {trashFault !== null && <RequestFault what="The project could not be moved to the trash" error={trashFault} />}
        <header className="grid gap-1.5">
          <div className="flex min-w-0 items-center gap-3">
            <ProjectMark project={project} />
            <h1 className="min-w-0 flex-1 font-semibold text-lg text-strong">
              <EditableText label="Project name" value={name} maxLength={100} required onSave={save('name')} />
            </h1>
          </div>
          <div className="max-w-[720px] text-body">
            <EditableText
              label="Description"
              value={description}
              placeholder="Add a description"
              maxLength={2000}
              multiline
              onSave={save('description')}
            />
          </div>
          <p className="flex flex-wrap gap-x-1.5 text-muted text-xs">
            <span>{modelCount === 1 ? '1 model' : `${modelCount} models`}</span>
            <span aria-hidden>·</span>
            <span>{formatBytes(sizeBytes)}</span>
            <span aria-hidden>·</span>
            <span>
              changed <RelativeTime at={updatedAt} />
            </span>
          </p>
        </header>
        <ProjectModels project={project} onFiles={intake.addFiles} />
      </PageBody>
      <WindowDrop words={`Drop models to add them to ${name}`} onTransfer={intake.addTransfer} />
    </>
  );
}
