import { z } from 'zod';
import {
  createProjectInput,
  listProjectsQuery,
  project,
  projectId,
  updateProjectInput,
} from '@/lib/domain/projects/schema';
import { defineOperation } from '@/lib/http/operation';

const params = z.object({ projectId });
const shared = { tag: 'Projects', surface: 'platform', access: 'caller', limit: 'api' } as const;

export const listProjectsOperation = defineOperation({
  ...shared,
  id: 'listProjects',
  method: 'GET',
  path: '/api/projects',
  summary: 'List projects',
  scope: 'projects:read',
  query: listProjectsQuery,
  body: { kind: 'none' },
  reply: { kind: 'page', schema: project },
});

export const createProjectOperation = defineOperation({
  ...shared,
  id: 'createProject',
  method: 'POST',
  path: '/api/projects',
  summary: 'Create a project',
  scope: 'projects',
  body: { kind: 'json', schema: createProjectInput },
  reply: { kind: 'data', schema: project },
  status: 201,
  example: { name: 'my-project', description: 'Detection experiments' },
});

export const getProjectOperation = defineOperation({
  ...shared,
  id: 'getProject',
  method: 'GET',
  path: '/api/projects/{projectId}',
  summary: 'Get a project',
  scope: 'projects:read',
  params,
  body: { kind: 'none' },
  reply: { kind: 'data', schema: project },
  errors: ['NOT_FOUND'],
});

export const updateProjectOperation = defineOperation({
  ...shared,
  id: 'updateProject',
  method: 'PATCH',
  path: '/api/projects/{projectId}',
  summary: 'Change name, description or visibility of a project',
  scope: 'projects',
  params,
  body: { kind: 'json', schema: updateProjectInput },
  reply: { kind: 'data', schema: project },
  errors: ['NOT_FOUND'],
  example: { description: 'Detection experiments, second round' },
});

export const deleteProjectOperation = defineOperation({
  ...shared,
  id: 'deleteProject',
  method: 'DELETE',
  path: '/api/projects/{projectId}',
  summary: 'Move a project and its models to the trash',
  description: 'They can be restored for 30 days.',
  scope: 'projects',
  params,
  body: { kind: 'none' },
  reply: { kind: 'data', schema: z.object({ id: z.string(), deletedAt: z.iso.datetime() }) },
  errors: ['NOT_FOUND'],
});
