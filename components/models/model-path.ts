type Addressed = { readonly owner: string; readonly projectSlug: string; readonly slug: string };

export type ModelTab = 'overview' | 'test' | 'api';

/** The address of a model's page, as the platform writes it: /owner/project/model. */
export function modelPath({ owner, projectSlug, slug }: Addressed, tab: ModelTab = 'overview'): string {
  const path = `/${owner}/${projectSlug}/${slug}`;
  return tab === 'overview' ? path : `${path}?tab=${tab}`;
}

/** The address of a project's page: /owner/project. */
export function projectPath({ owner, slug }: { readonly owner: string; readonly slug: string }): string {
  return `/${owner}/${slug}`;
}
