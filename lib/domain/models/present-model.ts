import type { ModelSummaryView, ModelView, WholeModelView } from '@/lib/domain/models/repository';
import type { Model, ModelSummary } from '@/lib/domain/models/schema';

/** A model as callers see it. */
export function presentModel(view: WholeModelView): Model {
  return { ...shownOf(view), metadata: view.metadata };
}

/** A model as lists show it. */
export function presentModelSummary(view: ModelSummaryView): ModelSummary {
  return { ...shownOf(view), metadata: view.metadata };
}

function shownOf(view: ModelView): Omit<Model, 'metadata'> {
  const { id, projectId, projectSlug, projectName, owner, name, slug, description, visibility } = view;
  const { status, statusReason, task, classCount, file, convertedFile, origin, createdAt, updatedAt } = view;
  return {
    id,
    projectId,
    projectSlug,
    projectName,
    owner,
    name,
    slug,
    description,
    visibility,
    status,
    statusReason,
    task,
    classCount,
    file: file === null ? null : presentFile(file),
    convertedFile: convertedFile === null ? null : presentConverted(convertedFile),
    origin,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

function presentConverted({ fileName, sizeBytes, sha256 }: NonNullable<ModelView['convertedFile']>) {
  return { fileName, sizeBytes, sha256 };
}

function presentFile({ fileName, format, sizeBytes, sha256, createdAt }: NonNullable<ModelView['file']>) {
  return { fileName, format, sizeBytes, sha256, uploadedAt: createdAt.toISOString() };
}
