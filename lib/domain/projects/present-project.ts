import type { ProjectView } from '@/lib/domain/projects/repository';
import type { Project } from '@/lib/domain/projects/schema';

/** A project as callers see it. */
export function presentProject(row: ProjectView): Project {
  const { id, name, slug, description, visibility, owner, modelCount, sizeBytes, createdAt, updatedAt } = row;
  return {
    id,
    name,
    slug,
    description,
    visibility,
    owner,
    modelCount,
    sizeBytes,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}
