'use client';

import dynamic from 'next/dynamic';

export type OpenDialog = 'help' | 'url' | 'export' | 'weights' | null;

// Dialogs are rarely opened, so their code is loaded when they are.
const HelpDialog = dynamic(() => import('@/components/test/dialogs/help-dialog').then((module) => module.HelpDialog));
const UrlDialog = dynamic(() => import('@/components/test/dialogs/url-dialog').then((module) => module.UrlDialog));
const WeightsDialog = dynamic(() =>
  import('@/components/test/dialogs/weights-dialog').then((module) => module.WeightsDialog),
);
const ExportDialog = dynamic(() =>
  import('@/components/test/dialogs/export-dialog').then((module) => module.ExportDialog),
);

type PageDialogsProps = { readonly open: OpenDialog; readonly onClose: () => void };

export function PageDialogs({ open, onClose }: PageDialogsProps) {
  switch (open) {
    case 'help':
      return <HelpDialog onClose={onClose} />;
    case 'url':
      return <UrlDialog onClose={onClose} />;
    case 'export':
      return <ExportDialog onClose={onClose} />;
    case 'weights':
      return <WeightsDialog onClose={onClose} />;
    case null:
      return null;
  }
}
