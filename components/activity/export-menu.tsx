'use client';

import { useMutation } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { downloadBlob } from '@/components/test/take-away/download-blob';
import { buttonClass } from '@/components/ui/button';
import { Menu, MenuItem } from '@/components/ui/menu';
import { RequestFault } from '@/components/ui/request-fault';
import { callApi } from '@/lib/client/call-api';
import type { ListActivityQuery } from '@/lib/domain/activity/schema';
import { exportActivityOperation } from '@/lib/http/operations/activity';

/** Saves every event of the filter, not only this page. */
export function ExportMenu({ query }: { readonly query: ListActivityQuery }) {
  const { search, box, resourceType, startDate, endDate } = query;
  const save = useMutation({
    mutationFn: async (format: 'csv' | 'json') => {
      const filter = { search, box, resourceType, startDate, endDate, format };
      downloadBlob(await callApi(exportActivityOperation, { query: filter }), `activity.${format}`);
    },
  });
  return (
    <>
      {save.isError && <RequestFault what="The events could not be saved" error={save.error} className="py-1" />}
      <Menu
        label="Save these events as a file"
        tip="Save as a file"
        control={
          <>
            <Download size={14} aria-hidden />
            <span className="max-sm:sr-only">{save.isPending ? 'Saving…' : 'Export'}</span>
          </>
        }
        controlClass={buttonClass('secondary', 'medium')}
      >
        <MenuItem onSelect={() => save.mutate('csv')}>As CSV</MenuItem>
        <MenuItem onSelect={() => save.mutate('json')}>As JSON</MenuItem>
      </Menu>
    </>
  );
}
