'use client';

import { Pencil } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { classNames } from '@/components/ui/class-names';

type EditableTextProps = {
  /** What it is: “Project name”. */
  readonly label: string;
  readonly value: string;
  /** Shown when there is nothing yet: “Add a description”. */
  readonly placeholder?: string;
  readonly maxLength: number;
  readonly required?: boolean;
  readonly multiline?: boolean;
  /** Saves; the words of a refusal, or null when it is saved. */
  readonly onSave: (value: string) => Promise<string | null>;
  readonly className?: string;
};

type Edit = { readonly draft: string; readonly fault: string | null; readonly isSaving: boolean };

/** Text that becomes a field when it is clicked. Enter or leaving saves, Esc leaves it as it was. */
export function EditableText(props: EditableTextProps) {
  const { label, value, placeholder, maxLength, required = false, multiline = false, onSave, className } = props;
  const [edit, setEdit] = useState<Edit | null>(null);
  const [isSaved, setSaved] = useState(false);

  async function save(draft: string): Promise<void> {
    const text = draft.trim();
    if (text === value || (required && text === '')) {
      setEdit(null);
      return;
    }
    setEdit({ draft, fault: null, isSaving: true });
    const fault = await onSave(text);
    setEdit(fault === null ? null : { draft, fault, isSaving: false });
    setSaved(fault === null);
  }

  if (edit === null) {
    return (
      <span className="flex min-w-0 items-center gap-2">
        <button
          type="button"
          aria-label={`${label}: ${value || 'none'}. Edit`}
          data-tip="Click to edit"
          onClick={() => {
            setSaved(false);
            setEdit({ draft: value, fault: null, isSaving: false });
          }}
          className={classNames(
            'group -mx-1.5 flex min-h-6 min-w-0 items-center gap-1.5 rounded-control px-1.5 text-left hover:bg-hover touch:min-h-11',
            className,
          )}
        >
          <span className={classNames('min-w-0', multiline ? 'whitespace-pre-line break-words' : 'truncate')}>
            {value || <span className="text-muted">{placeholder}</span>}
          </span>
          <Pencil
            size={12}
            aria-hidden
            className="shrink-0 text-muted opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100 touch:opacity-100"
          />
        </button>
        <span role="status" className="text-2xs text-good">
          {isSaved && 'Saved'}
        </span>
      </span>
    );
  }

  const shared = {
    'aria-label': label,
    'aria-invalid': edit.fault === null ? undefined : true,
    // The field replaces what was just clicked: focus belongs there.
    ref: (element: HTMLInputElement | HTMLTextAreaElement | null) => {
      if (element && document.activeElement === document.body) element.focus();
    },
    value: edit.draft,
    maxLength,
    readOnly: edit.isSaving,
    onBlur: () => void (edit.fault === null && !edit.isSaving && save(edit.draft)),
    onChange: (event: { currentTarget: { value: string } }) =>
      setEdit({ draft: event.currentTarget.value, fault: null, isSaving: false }),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === 'Escape') setEdit(null);
      if (event.key !== 'Enter' || (multiline && !event.metaKey && !event.ctrlKey)) return;
      event.preventDefault();
      void save(edit.draft);
    },
  };
  const fieldClass = classNames(
    '-mx-1.5 min-w-0 rounded-control border border-line-strong bg-raised px-1.5',
    multiline ? 'w-full py-1' : 'w-[min(420px,100%)]',
    className,
  );
  return (
    <span className={classNames('min-w-0 gap-1', multiline ? 'grid' : 'inline-grid')}>
      {multiline ? (
        <textarea {...shared} rows={3} className={fieldClass} />
      ) : (
        <input {...shared} className={fieldClass} />
      )}
      {edit.fault !== null && (
        <span role="alert" className="text-bad text-xs">
          {edit.fault}
        </span>
      )}
    </span>
  );
}
