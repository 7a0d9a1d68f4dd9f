import { notFound } from 'next/navigation';
import { cache } from 'react';
import { DomainError } from '@/lib/core/errors';
import { getModel } from '@/lib/domain/models/get-model';
import { getModelByAddress } from '@/lib/domain/models/get-model-by-address';
import type { Model } from '@/lib/domain/models/schema';
import { getProject } from '@/lib/domain/projects/get-project';
import { getProjectByAddress } from '@/lib/domain/projects/get-project-by-address';
import type { Project } from '@/lib/domain/projects/schema';
import { pageContext } from '@/lib/http/page-session';

/** The project a page is about, asked for once per request. Shows the page for unknown addresses when there is none. */
export const pageProject = cache(
  async (owner: string, slug: string): Promise<Project> =>
    orNotFound(getProjectByAddress(await pageContext(), { owner, slug })),
);

/** The same by its id, for links that outlive names. */
export const pageProjectById = cache(
  async (id: string): Promise<Project> => orNotFound(getProject(await pageContext(), id)),
);

/** The model a page is about. */
export const pageModel = cache(
  async (owner: string, project: string, slug: string): Promise<Model> =>
    orNotFound(getModelByAddress(await pageContext(), { owner, project, slug })),
);

/** The same by its id. */
export const pageModelById = cache(async (id: string): Promise<Model> => orNotFound(getModel(await pageContext(), id)));

async function orNotFound<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof DomainError && error.code === 'NOT_FOUND') notFound();
    throw error;
  }
}
