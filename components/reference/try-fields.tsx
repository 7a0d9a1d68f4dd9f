'use client';

import { type OpenApiDocument, type ReferenceOperation, resolveSchema } from '@/components/reference/openapi-document';
import { fieldsOf, typeWords } from '@/components/reference/schema-words';
import { isFile, type TryDraft, tryBodyOf } from '@/components/reference/try-request';
import { TextField } from '@/components/ui/text-field';

type TryFieldsProps = {
  readonly document: OpenApiDocument;
  readonly operation: ReferenceOperation;
  readonly draft: TryDraft;
  readonly onChange: (draft: TryDraft) => void;
};

/** A field for everything an operation takes. */
export function TryFields({ document, operation, draft, onChange }: TryFieldsProps) {
  const bodyKind = tryBodyOf(operation);
  const multipart = operation.bodies.find(({ contentType }) => contentType === 'multipart/form-data');
  const setFile = (name: string, file: File | undefined) => {
    const { [name]: _, ...others } = draft.files;
    onChange({ ...draft, files: file ? { ...others, [name]: file } : others });
  };
  return (
    <>
      {operation.parameters.length > 0 && (
        <div className="grid gap-3 sm:grid-cols-2">
          {operation.parameters.map(({ name, place, isRequired, schema }) => {
            const key = `${place}.${name}`;
            return (
              <ValueField
                key={key}
                label={isRequired ? `${name} (required)` : name}
                placeholder={typeWords(document, schema)}
                choices={choicesOf(document, schema)}
                value={draft.parameters[key] ?? ''}
                onChange={(value) => onChange({ ...draft, parameters: { ...draft.parameters, [key]: value } })}
              />
            );
          })}
        </div>
      )}
      {bodyKind === 'json' && (
        <label className="grid gap-1 font-medium text-strong text-xs">
          Body
          <textarea
            rows={Math.min(14, Math.max(4, draft.json.split('\n').length + 1))}
            spellCheck={false}
            value={draft.json}
            onChange={(event) => onChange({ ...draft, json: event.currentTarget.value })}
            className="w-full rounded-control border border-line-strong bg-raised p-2 font-mono font-normal text-strong text-xs"
          />
        </label>
      )}
      {bodyKind === 'bytes' && <FileField label="File" onFile={(file) => setFile('', file)} />}
      {bodyKind === 'multipart' && multipart && (
        <div className="grid gap-3 sm:grid-cols-2">
          {fieldsOf(document, multipart.schema).map(({ name, schema, isRequired }) =>
            isFile(resolveSchema(document, schema)) ? (
              <FileField key={name} label={name} onFile={(file) => setFile(name, file)} />
            ) : (
              <ValueField
                key={name}
                label={isRequired ? `${name} (required)` : name}
                placeholder={typeWords(document, schema)}
                choices={choicesOf(document, schema)}
                value={draft.fields[name] ?? ''}
                onChange={(value) => onChange({ ...draft, fields: { ...draft.fields, [name]: value } })}
              />
            ),
          )}
        </div>
      )}
    </>
  );
}

type ValueFieldProps = {
  readonly label: string;
  readonly placeholder: string;
  /** The values it can have, when they are few. */
  readonly choices: readonly string[] | null;
  readonly value: string;
  readonly onChange: (value: string) => void;
};

function ValueField({ label, placeholder, choices, value, onChange }: ValueFieldProps) {
  if (choices === null) {
    return <TextField label={label} placeholder={placeholder} value={value} autoComplete="off" onChange={onChange} />;
  }
  return (
    <label className="grid gap-1 font-medium text-strong text-xs">
      {label}
      <select
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        className="h-8 w-full rounded-control border border-line-strong bg-raised px-1.5 font-normal text-md text-strong touch:h-11"
      >
        <option value="">left out</option>
        {choices.map((choice) => (
          <option key={choice}>{choice}</option>
        ))}
      </select>
    </label>
  );
}

function FileField({ label, onFile }: { readonly label: string; readonly onFile: (file: File | undefined) => void }) {
  return (
    <label className="grid gap-1 font-medium text-strong text-xs">
      {label}
      <input
        type="file"
        onChange={(event) => onFile(event.currentTarget.files?.[0])}
        className="w-full rounded-control border border-line-strong border-dashed bg-raised px-2 py-1 font-normal text-xs file:mr-3 file:rounded-chip file:border-0 file:bg-press file:px-2 file:py-1 file:text-strong"
      />
    </label>
  );
}

function choicesOf(document: OpenApiDocument, schema: Parameters<typeof resolveSchema>[1]): readonly string[] | null {
  const node = resolveSchema(document, schema);
  if (node.enum) return node.enum.map(String);
  return node.type === 'boolean' ? ['true', 'false'] : null;
}
