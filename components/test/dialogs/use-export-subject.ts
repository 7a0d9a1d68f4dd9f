'use client';

import { useTest } from '@/components/test/session/session-context';
import type { CachedRun } from '@/components/test/session/test-state';
import type { VisionResult } from '@/lib/engines/vision/vision-result';

export type ExportSubject = {
  readonly imageName: string;
  readonly modelFileName: string;
  readonly bitmap: ImageBitmap | null;
  readonly run: CachedRun;
  readonly result: VisionResult;
};

/** What is on the stage, as an export needs it; null while there is no result. */
export function useExportSubject(): ExportSubject | null {
  const { name, bitmap, primary } = useTest((state) => state.shown);
  const modelFileName = useTest(
    (state) => state.models.find(({ key }) => key === state.activeModelKey)?.name ?? 'model',
  );
  return primary && { imageName: name, modelFileName, bitmap, run: primary.run, result: primary.result };
}
