'use client';

import { useState } from 'react';
import { CodePanel } from '@/components/test/dialogs/code-panel';
import { ExportFiles } from '@/components/test/dialogs/export-files';
import { ExportZip } from '@/components/test/dialogs/export-zip';
import { Dialog } from '@/components/ui/dialog';
import { Tabs } from '@/components/ui/tabs';

const tabs = [
  { id: 'image', label: 'This image' },
  { id: 'all', label: 'All images' },
  { id: 'code', label: 'Code' },
] as const;

/** Takes results away: files of one image, everything at once, or the code that does the same elsewhere. */
export function ExportDialog({ onClose }: { readonly onClose: () => void }) {
  const [tab, setTab] = useState<(typeof tabs)[number]['id']>('image');
  return (
    <Dialog title="Export" onClose={onClose}>
      <Tabs label="What to export" tabs={tabs} selected={tab} onSelect={setTab} />
      <div className="min-h-72 overflow-y-auto p-4">
        {tab === 'image' && <ExportFiles />}
        {tab === 'all' && <ExportZip />}
        {tab === 'code' && <CodePanel />}
      </div>
    </Dialog>
  );
}
