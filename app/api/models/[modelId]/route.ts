import { getModel } from '@/lib/domain/models/get-model';
import { updateModel } from '@/lib/domain/models/update-model';
import { trashModel } from '@/lib/domain/trash/trash-model';
import { defineRoute } from '@/lib/http/define-route';
import { deleteModelOperation, getModelOperation, updateModelOperation } from '@/lib/http/operations/models';

/** GET /api/models/{modelId}: one model. */
export const GET = defineRoute(getModelOperation, ({ context, params }) => getModel(context, params.modelId));

/** PATCH /api/models/{modelId}: changes name, description or visibility. */
export const PATCH = defineRoute(updateModelOperation, ({ context, params, body }) =>
  updateModel(context, params.modelId, body),
);

/** DELETE /api/models/{modelId}: to the trash. */
export const DELETE = defineRoute(deleteModelOperation, ({ context, params }) => trashModel(context, params.modelId));
