'use client';

import { useQuery } from '@tanstack/react-query';
import { fetchModelFile } from '@/components/models/fetch-model-file';
import { modelStoreOfPage } from '@/components/test/browser-ports';
import { useTestActions } from '@/components/test/session/session-context';
import type { Model } from '@/lib/domain/models/schema';

type ServerModelProps = {
  readonly id: string;
  readonly name: string;
  /** The file that runs: ONNX. */
  readonly file: NonNullable<Model['convertedFile']>;
};

/**
 * Puts a model of the server into the workspace. Its bytes are known by their SHA-256: once this browser has them, nothing is
 * downloaded any more. Models of earlier visits are listed below it, to compare with.
 */
export function ServerModel({ id, name, file }: ServerModelProps) {
  const { adoptStoredModels, addHostedModel } = useTestActions();
  useQuery({
    queryKey: ['server-model', id, file.sha256],
    // Each workspace opens it anew, from this machine as a rule.
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    queryFn: async ({ signal }) => {
      const stored = await (await modelStoreOfPage()).listModels();
      const own = stored.find((kept) => kept.id === file.sha256);
      const others = stored.filter((kept) => kept !== own);
      if (own) {
        adoptStoredModels([own, ...others]);
        return 'remembered';
      }
      await addHostedModel({
        name: `${name}.onnx`,
        sizeBytes: file.sizeBytes,
        load: (onProgress) => fetchModelFile(id, { onProgress, signal }),
      });
      adoptStoredModels(others);
      return 'downloaded';
    },
  });
  return null;
}
