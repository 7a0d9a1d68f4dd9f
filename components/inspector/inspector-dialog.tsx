'use client';

import { useQuery } from '@tanstack/react-query';
import { CheckpointReportView } from '@/components/inspector/checkpoint-report';
import { OnnxReportView } from '@/components/inspector/onnx-report';
import { Dialog } from '@/components/ui/dialog';
import { FaultNote } from '@/components/ui/fault-note';
import { SkeletonRows } from '@/components/ui/skeleton-rows';
import { Fault } from '@/lib/core/fault';
import type { ModelFileReport } from '@/lib/engines/model-files/inspect-model-file';

type InspectorDialogProps = {
  /** Tells this file from others. */
  readonly fileKey: string;
  readonly name: string;
  readonly inspect: (signal: AbortSignal) => Promise<ModelFileReport>;
  readonly onClose: () => void;
};

/** What is in a model's file. Nothing of it is run to find out. */
export function InspectorDialog({ fileKey, name, inspect, onClose }: InspectorDialogProps) {
  const report = useQuery({
    queryKey: ['model-file-report', fileKey],
    queryFn: ({ signal }) => inspect(signal),
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  return (
    <Dialog title="What is in this file" onClose={onClose} className="w-[min(720px,calc(100vw-24px))]">
      <p className="truncate border-b px-4 py-2 font-mono text-body text-xs" title={name}>
        {name}
      </p>
      {report.isPending && (
        <div className="p-4">
          <SkeletonRows count={6} height={24} label="Reading the file" />
        </div>
      )}
      {report.isError && <FaultNote {...plainFault(report.error)} className="m-4" />}
      {report.data?.kind === 'checkpoint' && <CheckpointReportView report={report.data} />}
      {report.data?.kind === 'onnx' && <OnnxReportView report={report.data} />}
    </Dialog>
  );
}

function plainFault(error: Error): { readonly found: string; readonly remedy: string } {
  if (error instanceof Fault) return error;
  return { found: `The file could not be read: ${error.message}.`, remedy: 'Close this and try again.' };
}
