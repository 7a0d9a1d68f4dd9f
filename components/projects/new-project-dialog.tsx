'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { RequestFault } from '@/components/ui/request-fault';
import { Segmented } from '@/components/ui/segmented';
import { TextField } from '@/components/ui/text-field';
import { ApiError } from '@/lib/client/api-error';
import { callApi } from '@/lib/client/call-api';
import { tagKey } from '@/lib/client/query-keys';
import { slugOf } from '@/lib/core/slug';
import type { Project } from '@/lib/domain/projects/schema';
import { createProjectOperation } from '@/lib/http/operations/projects';

type NewProjectDialogProps = {
  /** The first part of the project's address. */
  readonly owner: string;
  readonly onCreated: (project: Project) => void;
  readonly onClose: () => void;
};

/** Name, description and visibility of a new project, with the address it will have. */
export function NewProjectDialog({ owner, onCreated, onClose }: NewProjectDialogProps) {
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [visibility, setVisibility] = useState<'private' | 'public'>('private');
  const create = useMutation({
    mutationFn: () => callApi(createProjectOperation, { body: { name, description, visibility } }),
    onSuccess(project) {
      void queries.invalidateQueries({ queryKey: tagKey('Projects') });
      void queries.invalidateQueries({ queryKey: tagKey('Activity') });
      onCreated(project);
    },
  });
  const issues = create.error instanceof ApiError ? create.error.issues : [];
  const faultOf = (field: string) => issues.find(({ path }) => path === field)?.message ?? null;

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (name.trim() !== '' && !create.isPending) create.mutate();
  }

  return (
    <Dialog title="New project" onClose={onClose} className="w-[min(480px,calc(100vw-24px))]">
      <form onSubmit={submit} className="grid gap-4 overflow-y-auto p-4">
        <TextField
          label="Name"
          value={name}
          onChange={setName}
          maxLength={100}
          autoComplete="off"
          required
          error={faultOf('name')}
          hint={
            name.trim() === '' ? (
              'What the models in it have in common: Traffic, Apples, Line 4'
            ) : (
              <>
                Its address:{' '}
                <span className="font-mono text-body">
                  /{owner}/{slugOf(name, 'project')}
                </span>
              </>
            )
          }
        />
        <TextField
          label="Description"
          value={description}
          onChange={setDescription}
          rows={3}
          maxLength={2000}
          error={faultOf('description')}
        />
        <div className="grid gap-1">
          <span className="font-medium text-strong text-xs">Visibility</span>
          <div className="flex items-center gap-3">
            <Segmented
              label="Visibility"
              value={visibility}
              options={[
                { value: 'private', label: 'Private' },
                { value: 'public', label: 'Public' },
              ]}
              onChange={setVisibility}
            />
            <span className="text-muted text-xs">
              {visibility === 'private' ? 'Only you see it.' : 'Marked as one that everybody here may be shown.'}
            </span>
          </div>
        </div>
        {create.error && issues.length === 0 && (
          <RequestFault what="The project could not be created" error={create.error} />
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={name.trim() === '' || create.isPending}>
            {create.isPending ? 'Creating…' : 'Create project'}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
