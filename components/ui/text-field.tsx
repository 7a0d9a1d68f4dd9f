'use client';

import { type ComponentProps, type ReactNode, useId } from 'react';
import { classNames } from '@/components/ui/class-names';

type TextFieldProps = {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** What it is for, below it. */
  readonly hint?: ReactNode;
  /** What is wrong with it: shown below instead of the hint, and announced. */
  readonly error?: string | null;
  /** More lines than one. */
  readonly rows?: number;
  /** At the right end, inside the field: a button, a mark. */
  readonly end?: ReactNode;
  /** Keeps a line free for the note, so that nothing moves when one comes. */
  readonly keepsNoteRoom?: boolean;
  readonly className?: string;
} & Pick<
  ComponentProps<'input'>,
  | 'type'
  | 'name'
  | 'autoComplete'
  | 'autoCapitalize'
  | 'autoFocus'
  | 'spellCheck'
  | 'required'
  | 'minLength'
  | 'maxLength'
  | 'placeholder'
  | 'inputMode'
  | 'onBlur'
  | 'onKeyDown'
  | 'disabled'
  | 'readOnly'
>;

/** A labelled field of a form, its hint and its fault. */
export function TextField(props: TextFieldProps) {
  const { label, value, onChange, hint, error, rows, end, keepsNoteRoom = false, className, ...rest } = props;
  const id = useId();
  const noteId = `${id}-note`;
  const shared = {
    id,
    value,
    'aria-invalid': error ? true : undefined,
    'aria-describedby': error || hint ? noteId : undefined,
    className: classNames(
      'w-full rounded-control border bg-raised px-2 text-md text-strong placeholder:text-muted disabled:opacity-60',
      error ? 'border-bad' : 'border-line-strong',
      rows === undefined ? 'h-8 touch:h-11' : 'py-1.5',
      end !== undefined && 'pr-9 touch:pr-12',
    ),
  };
  return (
    <div className={classNames('grid gap-1', className)}>
      <label htmlFor={id} className="font-medium text-strong text-xs">
        {label}
      </label>
      {rows === undefined ? (
        <span className="relative grid">
          <input {...shared} {...rest} onChange={(event) => onChange(event.currentTarget.value)} />
          {end !== undefined && <span className="absolute inset-y-0 right-0.5 flex items-center">{end}</span>}
        </span>
      ) : (
        <textarea
          {...shared}
          rows={rows}
          maxLength={rest.maxLength}
          placeholder={rest.placeholder}
          disabled={rest.disabled}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
      {(error || hint || keepsNoteRoom) && (
        <p
          id={noteId}
          role={error ? 'alert' : undefined}
          className={classNames('min-h-4 text-xs', error ? 'text-bad' : 'text-muted')}
        >
          {error || hint}
        </p>
      )}
    </div>
  );
}
