import { createModelFromWeights } from '@/lib/domain/catalogue/create-model-from-weights';
import { defineRoute } from '@/lib/http/define-route';
import { createModelFromWeightsOperation } from '@/lib/http/operations/catalogue';

/** POST /api/catalogue/{name}/models: makes a model of official weights. */
export const POST = defineRoute(createModelFromWeightsOperation, ({ context, params, body }) =>
  createModelFromWeights(context, params.name, body),
);
