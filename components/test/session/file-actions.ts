import type { SessionCore } from '@/components/test/session/session-core';
import type { ConversionProgress, ConversionTarget } from '@/lib/browser/vision-protocol';
import { Fault } from '@/lib/core/fault';
import type { ModelFileReport } from '@/lib/engines/model-files/inspect-model-file';

export type FileActions = ReturnType<typeof createFileActions>;

/** What can be done with a model's file besides running it. Both reject with a `Fault`. */
export function createFileActions(core: SessionCore) {
  const { client, modelStore } = core.ports;

  async function fileOf(key: string): Promise<Blob> {
    const content = core.get().models.find((model) => model.key === key)?.content;
    if (content?.status === 'ready') return content.file;
    if (content?.status === 'stored') return (await modelStore()).loadModel(content.modelId);
    throw new Fault({
      code: 'input-invalid',
      found: 'This model is not in the panel any more.',
      remedy: 'Drop it again.',
    });
  }

  return {
    /** What a model's file is and holds; nothing of it is run. */
    async inspectModel(key: string, options?: { signal?: AbortSignal }): Promise<ModelFileReport> {
      const content = core.get().models.find((model) => model.key === key)?.content;
      const known = content && 'report' in content ? content.report : null;
      return known ?? client.inspectFile(await fileOf(key), options);
    },

    /** A model's checkpoint in another format. */
    async convertModel(
      key: string,
      target: ConversionTarget,
      options?: { signal?: AbortSignal; onProgress?: (progress: ConversionProgress) => void },
    ): Promise<Blob> {
      return client.convertFile(await fileOf(key), target, options);
    },
  };
}
