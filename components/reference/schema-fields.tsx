'use client';

import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { OpenApiDocument, SchemaNode } from '@/components/reference/openapi-document';
import { constraintWords, fieldsOf, type SchemaField, typeWords } from '@/components/reference/schema-words';
import { classNames } from '@/components/ui/class-names';

type SchemaFieldsProps = {
  readonly document: OpenApiDocument;
  readonly schema: SchemaNode;
  /** How many levels stand open from the start. */
  readonly openLevels?: number;
  readonly label: string;
  /** Which fields are marked: those a caller must give, or those that may be absent from a reply. */
  readonly marks?: 'required' | 'optional';
};

/** The fields of a schema, each with its type, its rules and what it means; nested ones open on demand. */
export function SchemaFields({ document, schema, openLevels = 0, label, marks = 'required' }: SchemaFieldsProps) {
  const fields = fieldsOf(document, schema);
  if (fields.length === 0) {
    return <p className="py-1 font-mono text-muted text-xs">{typeWords(document, schema)}</p>;
  }
  return (
    <ul aria-label={label} className="grid">
      {fields.map((field) => (
        <Field key={field.name} document={document} field={field} openLevels={openLevels} marks={marks} />
      ))}
    </ul>
  );
}

type FieldProps = {
  readonly document: OpenApiDocument;
  readonly field: SchemaField;
  readonly openLevels: number;
  readonly marks: 'required' | 'optional';
};

function Field({ document, field, openLevels, marks }: FieldProps) {
  const { name, isRequired, schema, description } = field;
  const [isOpen, setOpen] = useState(openLevels > 0);
  const hasParts = fieldsOf(document, schema).length > 0;
  return (
    <li className="grid min-w-0 gap-0.5 border-b py-1.5 last:border-b-0">
      <div className="flex min-w-0 flex-wrap items-baseline gap-x-2">
        {hasParts ? (
          <button
            type="button"
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
            className="-ml-1 flex min-h-6 items-center gap-0.5 rounded-chip pr-1 font-medium font-mono text-strong text-xs hover:bg-hover touch:min-h-11"
          >
            <ChevronRight size={12} aria-hidden className={classNames('transition-transform', isOpen && 'rotate-90')} />
            {name}
          </button>
        ) : (
          <span className="font-medium font-mono text-strong text-xs">{name}</span>
        )}
        <span className="min-w-0 break-words text-muted text-xs">{typeWords(document, schema)}</span>
        {marks === 'required' && isRequired && <span className="text-2xs text-warn">required</span>}
        {marks === 'optional' && !isRequired && <span className="text-2xs text-muted">may be absent</span>}
      </div>
      <Rules schema={schema} description={description} />
      {hasParts && isOpen && (
        <div className="mt-1 ml-1 border-l pl-3">
          <SchemaFields
            document={document}
            schema={schema}
            openLevels={openLevels - 1}
            label={`Fields of ${name}`}
            marks={marks}
          />
        </div>
      )}
    </li>
  );
}

/** What a value means and what it must be. */
export function Rules({ schema, description }: { readonly schema: SchemaNode; readonly description: string }) {
  const rules = constraintWords(schema);
  if (description === '' && rules.length === 0) return null;
  return (
    <p className="min-w-0 break-words text-body text-xs">
      {description}
      {description !== '' && rules.length > 0 && ' · '}
      {rules.length > 0 && <span className="text-muted">{rules.join(' · ')}</span>}
    </p>
  );
}
