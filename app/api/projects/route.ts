import { createProject } from '@/lib/domain/projects/create-project';
import { listProjects } from '@/lib/domain/projects/list-projects';
import { defineRoute } from '@/lib/http/define-route';
import { createProjectOperation, listProjectsOperation } from '@/lib/http/operations/projects';

/** GET /api/projects: one page of the workspace's projects. */
export const GET = defineRoute(listProjectsOperation, ({ context, query }) => listProjects(context, query));

/** POST /api/projects: makes an empty project. */
export const POST = defineRoute(createProjectOperation, ({ context, body }) => createProject(context, body));
