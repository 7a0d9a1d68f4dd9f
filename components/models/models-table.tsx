'use client';

import Link from 'next/link';
import { StatusChip, TaskChip } from '@/components/models/model-badges';
import { columnById, type ModelColumnId } from '@/components/models/model-columns';
import { modelPath } from '@/components/models/model-path';
import { RelativeTime } from '@/components/ui/relative-time';
import { Cell, HeadCell, Row, type SortDirection, Table } from '@/components/ui/table';
import type { ModelSummary } from '@/lib/domain/models/schema';

export type ModelOrder = { readonly by: ModelColumnId | 'name'; readonly direction: SortDirection };

type ModelsTableProps = {
  readonly models: readonly ModelSummary[];
  readonly columns: readonly ModelColumnId[];
  readonly order: ModelOrder;
  readonly onOrder: (order: ModelOrder) => void;
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (selected: ReadonlySet<string>) => void;
};

/** Models as rows of facts: sorted by any column, picked to be compared. */
export function ModelsTable({ models, columns, order, onOrder, selected, onSelect }: ModelsTableProps) {
  const areAllSelected = models.length > 0 && models.every(({ id }) => selected.has(id));
  const sortedBy = (id: ModelOrder['by']) => (order.by === id ? order.direction : 'none');
  const sortBy = (id: ModelOrder['by'], first: SortDirection) => () =>
    onOrder({ by: id, direction: order.by === id ? opposite(order.direction) : first });

  function toggle(id: string, isOn: boolean): void {
    const next = new Set(selected);
    if (isOn) next.add(id);
    else next.delete(id);
    onSelect(next);
  }

  return (
    <Table label="Models">
      <thead>
        <tr>
          <HeadCell className="w-9 pr-0">
            <Tick
              label="Select every model of this page"
              checked={areAllSelected}
              onChange={(isOn) => onSelect(new Set(isOn ? models.map(({ id }) => id) : []))}
            />
          </HeadCell>
          <HeadCell sorted={sortedBy('name')} onSort={sortBy('name', 'ascending')}>
            Name
          </HeadCell>
          {columns.map(columnById).map(({ id, label, align }) => (
            <HeadCell
              key={id}
              align={align}
              sorted={sortedBy(id)}
              onSort={sortBy(id, align === 'end' ? 'descending' : 'ascending')}
            >
              {label}
            </HeadCell>
          ))}
        </tr>
      </thead>
      <tbody>
        {models.map((model) => (
          <Row key={model.id} isSelected={selected.has(model.id)}>
            <Cell className="w-9 pr-0">
              <Tick
                label={`Select ${model.name}`}
                checked={selected.has(model.id)}
                onChange={(isOn) => toggle(model.id, isOn)}
              />
            </Cell>
            <Cell className="min-w-36 max-w-[320px]">
              <Link
                href={modelPath(model)}
                className="block truncate font-medium text-strong underline-offset-2 hover:underline"
              >
                {model.name}
              </Link>
            </Cell>
            {columns.map((id) => (
              <Cell key={id} align={columnById(id).align} className="whitespace-nowrap">
                <Value id={id} model={model} />
              </Cell>
            ))}
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

function Value({ id, model }: { readonly id: ModelColumnId; readonly model: ModelSummary }) {
  switch (id) {
    case 'status':
      return <StatusChip model={model} />;
    case 'task':
      return <TaskChip task={model.task} />;
    case 'updated':
      return <RelativeTime at={model.updatedAt} />;
    case 'created':
      return <RelativeTime at={model.createdAt} />;
    default:
      return columnById(id).text(model);
  }
}

type TickProps = { readonly label: string; readonly checked: boolean; readonly onChange: (isOn: boolean) => void };

function Tick({ label, checked, onChange }: TickProps) {
  return (
    <label className="-m-1 grid size-6 place-items-center touch:size-11">
      <input
        type="checkbox"
        aria-label={label}
        checked={checked}
        onChange={(event) => onChange(event.currentTarget.checked)}
        className="size-3.5 accent-accent"
      />
    </label>
  );
}

function opposite(direction: SortDirection): SortDirection {
  return direction === 'ascending' ? 'descending' : 'ascending';
}
