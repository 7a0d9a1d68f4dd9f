'use client';

import { type ReactNode, useRef } from 'react';
import { Button } from '@/components/ui/button';

type ModelFileButtonProps = {
  readonly variant?: 'primary' | 'secondary' | 'ghost';
  readonly multiple?: boolean;
  /** Name of the file input, for programs and screen readers. */
  readonly label: string;
  readonly onFiles: (files: readonly File[]) => void;
  readonly children: ReactNode;
};

/** A button that opens the system's file chooser for models. */
export function ModelFileButton({
  variant = 'secondary',
  multiple = true,
  label,
  onFiles,
  children,
}: ModelFileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button variant={variant} onClick={() => input.current?.click()}>
        {children}
      </Button>
      <input
        ref={input}
        type="file"
        aria-label={label}
        accept=".onnx,.pt"
        multiple={multiple}
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          // Emptied, so that the same file can be chosen again.
          event.currentTarget.value = '';
          onFiles(files);
        }}
      />
    </>
  );
}
