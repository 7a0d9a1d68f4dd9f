import { withFileSource } from '@/lib/domain/models/with-file-source';
import { graphCost } from '@/lib/engines/model-files/graph-cost';
import { identifyModel } from '@/lib/engines/model-files/identify-model';
import type { ModelInspection } from '@/lib/platform/inference/inference-messages';

/** What a model file is and what one image costs it. Rejects with the `Fault`s of `identifyModel`. */
export function inspectModel(file: string): Promise<ModelInspection> {
  return withFileSource(file, async (source) => {
    const identity = await identifyModel(source);
    return { ...identity, cost: await graphCost(source, identity.readings[0].spec.input) };
  });
}
