'use client';

import { ArchiveRestore, Box, Boxes, Trash2 } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { formatBytes } from '@/components/ui/format';
import { RelativeTime } from '@/components/ui/relative-time';
import { Cell, HeadCell, Row, Table } from '@/components/ui/table';
import type { TrashItem } from '@/lib/domain/trash/schema';

/** From here on the days left are told in a colour that warns. */
const soonDays = 3;

type TrashTableProps = {
  readonly items: readonly TrashItem[];
  readonly isBusy: boolean;
  readonly onRestore: (item: TrashItem) => void;
  readonly onDelete: (item: TrashItem) => void;
};

/** What lies in the trash, how long still, and the two ways out of it. */
export function TrashTable({ items, isBusy, onRestore, onDelete }: TrashTableProps) {
  return (
    <Table label="Trash">
      <thead>
        <tr>
          <HeadCell>Name</HeadCell>
          <HeadCell align="end">Size</HeadCell>
          <HeadCell>Deleted</HeadCell>
          <HeadCell>Days left</HeadCell>
          <HeadCell align="end">
            <span className="sr-only">Actions</span>
          </HeadCell>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <Row key={item.id}>
            <Cell className="min-w-44 max-w-[420px] py-1.5">
              <span className="flex min-w-0 items-center gap-2.5">
                <Sign item={item} />
                <span className="grid min-w-0">
                  <span className="truncate font-medium text-strong">{item.name}</span>
                  <span className="truncate text-2xs text-muted">{placeOf(item)}</span>
                </span>
              </span>
            </Cell>
            <Cell align="end" className="whitespace-nowrap">
              {formatBytes(item.sizeBytes)}
            </Cell>
            <Cell>
              <RelativeTime at={item.deletedAt} />
            </Cell>
            <Cell className={classNames('whitespace-nowrap', item.daysLeft <= soonDays && 'text-warn')}>
              {item.daysLeft === 1 ? '1 day' : `${item.daysLeft} days`}
            </Cell>
            <Cell align="end">
              <span className="inline-flex items-center gap-1">
                <Button
                  size="small"
                  disabled={isBusy || item.parent?.isInTrash === true}
                  data-tip={item.parent?.isInTrash ? 'Restore its project first' : undefined}
                  onClick={() => onRestore(item)}
                >
                  <ArchiveRestore size={13} aria-hidden />
                  Restore
                </Button>
                <Button
                  variant="ghost"
                  size="icon-small"
                  aria-label={`Delete ${item.name} for good`}
                  data-tip="Delete for good"
                  disabled={isBusy}
                  onClick={() => onDelete(item)}
                >
                  <Trash2 size={14} aria-hidden />
                </Button>
              </span>
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

function Sign({ item }: { readonly item: TrashItem }) {
  const Icon = item.type === 'project' ? Boxes : Box;
  return <Icon size={16} aria-hidden className="shrink-0 text-muted" />;
}

function placeOf({ type, modelCount, parent }: TrashItem): string {
  if (type === 'project') return modelCount === 1 ? 'Project with 1 model' : `Project with ${modelCount} models`;
  if (parent === null) return 'Model';
  return parent.isInTrash ? `Model of ${parent.name}, which is in the trash too` : `Model of ${parent.name}`;
}
