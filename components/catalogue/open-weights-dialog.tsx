'use client';

import { useMemo } from 'react';
import { CatalogueDialog } from '@/components/catalogue/catalogue-dialog';
import { readWeights } from '@/components/catalogue/fetch-weights';
import type { WeightsAction } from '@/components/catalogue/use-weights';

type OpenWeightsDialogProps = {
  /** Hears the file once its bytes are in this browser. */
  readonly onOpen: (file: File) => void;
  readonly onClose: () => void;
};

/** The catalogue for a page that opens models in the browser. */
export function OpenWeightsDialog({ onOpen, onClose }: OpenWeightsDialogProps) {
  const action = useMemo(
    (): WeightsAction => ({
      label: 'Open',
      busyLabel: 'Opening…',
      async run(entry, signal) {
        onOpen(await readWeights(entry, signal));
      },
    }),
    [onOpen],
  );
  return <CatalogueDialog action={action} onClose={onClose} />;
}
