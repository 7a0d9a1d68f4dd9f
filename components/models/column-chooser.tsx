'use client';

import { Columns3 } from 'lucide-react';
import { type ModelColumnId, modelColumns } from '@/components/models/model-columns';
import { buttonClass } from '@/components/ui/button';
import { Popover } from '@/components/ui/popover';

type ColumnChooserProps = {
  readonly chosen: readonly ModelColumnId[];
  readonly onChange: (chosen: readonly ModelColumnId[]) => void;
};

/** Which columns the table shows. */
export function ColumnChooser({ chosen, onChange }: ColumnChooserProps) {
  return (
    <Popover
      label="Choose columns"
      tip="Columns"
      control={
        <>
          <Columns3 size={14} aria-hidden />
          <span className="max-sm:sr-only">Columns</span>
        </>
      }
      controlClass={buttonClass('secondary', 'medium')}
      className="w-48"
    >
      {() => (
        <fieldset className="grid p-1.5">
          <legend className="sr-only">Columns</legend>
          {modelColumns.map(({ id, label }) => (
            <label
              key={id}
              className="flex h-7 items-center gap-2 rounded-control px-2 text-body hover:bg-hover touch:h-11"
            >
              <input
                type="checkbox"
                checked={chosen.includes(id)}
                onChange={(event) =>
                  onChange(event.currentTarget.checked ? [...chosen, id] : chosen.filter((other) => other !== id))
                }
                className="size-3.5 accent-accent"
              />
              {label}
            </label>
          ))}
        </fieldset>
      )}
    </Popover>
  );
}
