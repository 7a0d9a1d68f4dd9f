'use client';

import { Download, EllipsisVertical, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { PageHeader } from '@/components/frame/page-header';
import { TaskChip } from '@/components/models/model-badges';
import { useTrash } from '@/components/projects/use-trash';
import { VisibilityBadge } from '@/components/projects/visibility-badge';
import { buttonClass } from '@/components/ui/button';
import { Menu, MenuItem } from '@/components/ui/menu';
import { RequestFault } from '@/components/ui/request-fault';
import type { Model, UpdateModelInput } from '@/lib/domain/models/schema';

type ModelHeaderProps = {
  readonly model: Model;
  readonly change: (changes: UpdateModelInput) => Promise<void>;
  /** Where one is once the model lies in the trash. */
  readonly leaveTo: string;
  /** Whether the tab shows the name larger itself. */
  readonly titleBelow: boolean;
  /** Actions of the open tab. */
  readonly children: ReactNode;
};

/** The head of every tab of a model: where it belongs, who may see it, its file, and the way to the trash. */
export function ModelHeader({ model, change, leaveTo, titleBelow, children }: ModelHeaderProps) {
  const router = useRouter();
  const moveToTrash = useTrash();
  const [trashFault, setTrashFault] = useState<unknown>(null);

  async function remove(): Promise<void> {
    try {
      setTrashFault(null);
      const { id, name } = model;
      await moveToTrash({ type: 'model', id, name }, () => router.push(`/models/${id}`));
      router.push(leaveTo);
    } catch (error) {
      setTrashFault(error);
    }
  }

  return (
    <>
      <PageHeader
        title={model.name}
        titleBelow={titleBelow}
        crumbs={[
          { label: 'Projects', href: '/projects' },
          { label: model.projectName, href: leaveTo },
        ]}
        badge={
          <span className="flex items-center gap-1.5">
            {model.task !== null && (
              <span className="flex max-md:hidden">
                <TaskChip task={model.task} />
              </span>
            )}
            <VisibilityBadge
              noun="model"
              name={model.name}
              visibility={model.visibility}
              onChange={(visibility) => change({ visibility })}
            />
          </span>
        }
      >
        {children}
        <Menu
          label="More about this model"
          tip="More"
          control={<EllipsisVertical size={16} aria-hidden />}
          controlClass={buttonClass('ghost', 'icon')}
        >
          {model.file && (
            <MenuItem
              icon={<Download size={14} aria-hidden />}
              onSelect={() => window.location.assign(downloadPath(model))}
            >
              Download {model.file.fileName}
            </MenuItem>
          )}
          <MenuItem icon={<Trash2 size={14} aria-hidden />} tone="danger" onSelect={() => void remove()}>
            Move to trash
          </MenuItem>
        </Menu>
      </PageHeader>
      {trashFault !== null && (
        <RequestFault what="The model could not be moved to the trash" error={trashFault} className="m-3" />
      )}
    </>
  );
}

/** Answers with the file itself, by way of a signed link. */
export function downloadPath({ id }: Pick<Model, 'id'>): string {
  return `/api/models/${id}/download`;
}
