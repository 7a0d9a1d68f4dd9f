import { findWeights } from '@/lib/domain/catalogue/find-weights';
import { requireHeldWeights } from '@/lib/domain/catalogue/open-weights';
import type { CreateModelFromWeightsInput } from '@/lib/domain/catalogue/schema';
import { type Context, requireScope } from '@/lib/domain/context';
import { createModel } from '@/lib/domain/models/create-model';
import type { Model } from '@/lib/domain/models/schema';

/**
 * Makes a model of official weights that are here; their bytes are shared, not copied. Throws as `createModel` and `openWeights`
 * do.
 */
export async function createModelFromWeights(
  context: Context,
  name: string,
  input: CreateModelFromWeightsInput,
): Promise<Model> {
  requireScope(context, 'models');
  const { fileName, sha256 } = await requireHeldWeights(context, findWeights(name));
  const staged = await context.storage.restage(sha256);
  return createModel(context, { ...input, uploadId: undefined }, { staged, fileName, origin: 'catalogue' });
}
