import { getProject } from '@/lib/domain/projects/get-project';
import { updateProject } from '@/lib/domain/projects/update-project';
import { trashProject } from '@/lib/domain/trash/trash-project';
import { defineRoute } from '@/lib/http/define-route';
import { deleteProjectOperation, getProjectOperation, updateProjectOperation } from '@/lib/http/operations/projects';

/** GET /api/projects/{projectId}: one project. */
export const GET = defineRoute(getProjectOperation, ({ context, params }) => getProject(context, params.projectId));

/** PATCH /api/projects/{projectId}: changes name, description or visibility. */
export const PATCH = defineRoute(updateProjectOperation, ({ context, params, body }) =>
  updateProject(context, params.projectId, body),
);

/** DELETE /api/projects/{projectId}: to the trash, with its models. */
export const DELETE = defineRoute(deleteProjectOperation, ({ context, params }) =>
  trashProject(context, params.projectId),
);
