'use client';

import { useCallback } from 'react';
import { OpenWeightsDialog } from '@/components/catalogue/open-weights-dialog';
import { useTestActions } from '@/components/test/session/session-context';

/** The catalogue of official weights; what is picked there is opened like a file that was dropped. */
export function WeightsDialog({ onClose }: { readonly onClose: () => void }) {
  const { addModelFiles } = useTestActions();
  const open = useCallback(
    (file: File) => {
      void addModelFiles([file]);
      onClose();
    },
    [addModelFiles, onClose],
  );
  return <OpenWeightsDialog onOpen={open} onClose={onClose} />;
}
