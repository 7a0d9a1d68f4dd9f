'use client';

import { useCallback } from 'react';
import { pageUploads } from '@/components/upload/page-uploads';
import { isModelName, type UploadTarget } from '@/components/upload/upload-entry';
import { filesFromTransfer } from '@/lib/browser/dropped-files';

export type ModelIntake = {
  readonly addFiles: (files: readonly File[]) => void;
  readonly addTransfer: (transfer: DataTransfer) => void;
};

/**
 * Takes model files for a target. Of a dropped folder only what looks like a model is taken; a file dropped by itself always gets
 * its place in the list, or its word why not.
 */
export function useModelIntake(target: UploadTarget | null): ModelIntake {
  const addFiles = useCallback(
    (files: readonly File[]) => {
      if (target === null || files.length === 0) return;
      pageUploads().add(target.kind === 'replace-file' ? files.slice(0, 1) : files, target);
    },
    [target],
  );
  const addTransfer = useCallback(
    (transfer: DataTransfer) => {
      void filesFromTransfer(transfer).then(({ files }) => {
        const fromFolder = files.filter(({ path }) => path.includes('/'));
        const loose = files.filter(({ path }) => !path.includes('/'));
        addFiles([...loose, ...fromFolder.filter(({ file }) => isModelName(file.name))].map(({ file }) => file));
      });
    },
    [addFiles],
  );
  return { addFiles, addTransfer };
}
