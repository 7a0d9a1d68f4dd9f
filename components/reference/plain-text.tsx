import { Fragment } from 'react';

/** Text of the document: paragraphs, and words in backticks as code. Nothing in it is ever taken for HTML. */
export function PlainText({ text }: { readonly text: string }) {
  return (
    <div className="grid gap-2 text-pretty text-body">
      {text.split(/\n{2,}/).map((paragraph) => (
        <p key={paragraph}>
          {paragraph.split('`').map((part, index) =>
            index % 2 === 1 ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: parts of a sentence have no identity but their place
              <code key={index} className="rounded-chip bg-sunken px-1 font-mono text-xs">
                {part}
              </code>
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: as above
              <Fragment key={index}>{part}</Fragment>
            ),
          )}
        </p>
      ))}
    </div>
  );
}
