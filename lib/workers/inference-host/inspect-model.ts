import { graphCost } from '@/lib/engines/model-files/graph-cost';
import { identifyModel } from '@/lib/engines/model-files/identify-model';
import type { ModelInspection } from '@/lib/platform/inference/inference-messages';
import { openFileSource } from '@/lib/workers/inference-host/file-source';

/** What a model file is and what one image costs it. Rejects with the `Fault`s of `identifyModel`. */
export async function inspectModel(file: string): Promise<ModelInspection> {
  const source = await openFileSource(file);
  try {
    const identity = await identifyModel(source);
    return { ...identity, cost: await graphCost(source, identity.readings[0].spec.input) };
  } finally {
    await source.close();
  }
}
