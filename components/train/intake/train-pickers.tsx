'use client';

import { type ChangeEvent, createContext, type ReactNode, useContext, useMemo, useRef } from 'react';
import { useTrainActions } from '@/components/train/session/session-context';
import { filesFromList } from '@/lib/browser/dropped-files';
import { present } from '@/lib/core/assert';

/** Opens the system's file choosers. */
export type TrainPickers = {
  readonly pickModel: () => void;
  readonly pickImages: () => void;
  readonly pickFolder: () => void;
};

const PickersContext = createContext<TrainPickers | null>(null);

export function useTrainPickers(): TrainPickers {
  return present(useContext(PickersContext), 'The file pickers of the training page');
}

/** The page's file inputs, one of each kind, so that every button and program finds the same ones. */
export function TrainPickersProvider({ children }: { readonly children: ReactNode }) {
  const { openModelFile, takeFiles } = useTrainActions();
  const model = useRef<HTMLInputElement>(null);
  const images = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const pickers = useMemo<TrainPickers>(
    () => ({
      pickModel: () => model.current?.click(),
      pickImages: () => images.current?.click(),
      pickFolder: () => folder.current?.click(),
    }),
    [],
  );
  const shared = { type: 'file', className: 'sr-only', tabIndex: -1 } as const;
  const takeAll = taking((files) => void takeFiles(filesFromList(files)));
  return (
    <PickersContext value={pickers}>
      {children}
      <section aria-label="Files">
        <input
          {...shared}
          ref={model}
          aria-label="Model file"
          accept=".pt,.pth,.onnx"
          onChange={taking(([file]) => void openModelFile(file))}
        />
        <input
          {...shared}
          ref={images}
          aria-label="Pictures and labels"
          accept="image/jpeg,image/png,image/webp,image/avif,image/bmp,.txt,.yaml,.yml"
          multiple
          onChange={takeAll}
        />
        <input
          {...shared}
          ref={(element) => {
            folder.current = element;
            // Not among React's attributes: makes the chooser pick a folder.
            element?.setAttribute('webkitdirectory', '');
          }}
          aria-label="Folder"
          onChange={takeAll}
        />
      </section>
    </PickersContext>
  );
}

/** Hands the chosen files on and empties the input, so that the same file can be chosen again. */
function taking(use: (files: File[]) => void) {
  return (event: ChangeEvent<HTMLInputElement>): void => {
    const files = [...(event.currentTarget.files ?? [])];
    event.currentTarget.value = '';
    if (files.length > 0) use(files);
  };
}
