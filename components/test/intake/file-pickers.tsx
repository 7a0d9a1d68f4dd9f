'use client';

import { type ChangeEvent, createContext, type ReactNode, useContext, useMemo, useRef } from 'react';
import type { Intake } from '@/components/test/intake/use-intake';
import { present } from '@/lib/core/assert';

/** Opens the system's file choosers, and ours. */
export type FilePickers = {
  readonly pickModels: () => void;
  readonly pickImages: () => void;
  readonly pickFolder: () => void;
  readonly pickVideo: () => void;
  /** The catalogue of official weights, from which a model can be picked too. */
  readonly pickWeights: () => void;
};

const PickersContext = createContext<FilePickers | null>(null);

export function useFilePickers(): FilePickers {
  return present(useContext(PickersContext), 'The file pickers of the test page');
}

type FilePickersProviderProps = {
  readonly intake: Intake;
  readonly onWeights: () => void;
  readonly children: ReactNode;
};

/** The page's file inputs, one of each kind, so that every button and program finds the same ones. */
export function FilePickersProvider({ intake, onWeights, children }: FilePickersProviderProps) {
  const models = useRef<HTMLInputElement>(null);
  const images = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const video = useRef<HTMLInputElement>(null);
  const pickers = useMemo<FilePickers>(
    () => ({
      pickModels: () => models.current?.click(),
      pickImages: () => images.current?.click(),
      pickFolder: () => folder.current?.click(),
      pickVideo: () => video.current?.click(),
      pickWeights: onWeights,
    }),
    [onWeights],
  );
  const shared = { type: 'file', className: 'sr-only', tabIndex: -1 } as const;
  return (
    <PickersContext value={pickers}>
      {children}
      <section aria-label="Files">
        <input
          {...shared}
          ref={models}
          aria-label="Model file"
          accept=".onnx,.pt,.pth"
          multiple
          onChange={taking(intake.addModels)}
        />
        <input
          {...shared}
          ref={images}
          aria-label="Images"
          accept="image/jpeg,image/png,image/webp,image/gif,image/avif,image/bmp"
          multiple
          onChange={taking(intake.addChosen)}
        />
        <input
          {...shared}
          ref={(element) => {
            folder.current = element;
            // Not among React's attributes: makes the chooser pick a folder.
            element?.setAttribute('webkitdirectory', '');
          }}
          aria-label="Folder"
          onChange={taking(intake.addFolder)}
        />
        <input
          {...shared}
          ref={video}
          aria-label="Video file"
          accept="video/*"
          onChange={taking((files) => files[0] && intake.openVideo(files[0]))}
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
