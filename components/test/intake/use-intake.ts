'use client';

import { useMemo } from 'react';
import { useTestActions } from '@/components/test/session/session-context';
import { type Collected, filesFromList, filesFromTransfer, sortFiles } from '@/lib/browser/dropped-files';

/** The ways into the page. */
export type Intake = {
  readonly addModels: (files: readonly File[]) => void;
  /** Files chosen one by one: each gets its place in the strip, or its word why not. */
  readonly addChosen: (files: readonly File[]) => void;
  /** A folder: only what is an image or a model is taken. */
  readonly addFolder: (files: readonly File[]) => void;
  /** A drop or paste. Called while its event is being handled. */
  readonly addTransfer: (transfer: DataTransfer) => void;
  readonly openVideo: (file: File) => void;
};

export function useIntake(): Intake {
  const actions = useTestActions();
  return useMemo(() => {
    async function take({ files, truncated }: Collected, fromFolder: boolean): Promise<void> {
      const { models, images, videos, others } = await sortFiles(files);
      const odd = fromFolder ? [] : others;
      if (models.length > 0) void actions.addModelFiles(models.map(({ file }) => file));
      const pictures = [...images, ...odd];
      if (pictures.length > 0) actions.addImages(pictures.map(({ file, path }) => ({ name: path, blob: file })));
      if (videos[0]) void actions.openVideo(videos[0].file);
      if (truncated) {
        actions.reportInput({
          code: 'input-invalid',
          found: `More files were dropped than are taken at once; the first ${files.length} are here.`,
          remedy: 'Drop the rest when these are done.',
        });
      }
      if (models.length + pictures.length + videos.length > 0) return;
      actions.reportInput({
        code: 'input-invalid',
        found: 'There is neither an image nor a model in what was dropped.',
        remedy: 'Drop JPG, PNG, WebP, GIF, AVIF or BMP images, or a model as .pt or .onnx.',
      });
    }
    return {
      addModels: (files) => void actions.addModelFiles(files),
      addChosen: (files) => void take(filesFromList(files), false),
      addFolder: (files) => void take(filesFromList(files), true),
      addTransfer: (transfer) => {
        const hasFolder = [...transfer.items].some((item) => item.webkitGetAsEntry()?.isDirectory === true);
        void filesFromTransfer(transfer).then((collected) => take(collected, hasFolder));
      },
      openVideo: (file) => void actions.openVideo(file),
    };
  }, [actions]);
}
