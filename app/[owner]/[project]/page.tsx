import type { Metadata } from 'next';
import { ProjectPage } from '@/components/projects/project-page';
import { pageProject } from '@/lib/http/page-entities';

type Props = { readonly params: Promise<{ readonly owner: string; readonly project: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { owner, project } = await params;
  return { title: (await pageProject(owner, project)).name };
}

export default async function Page({ params }: Props) {
  const { owner, project } = await params;
  const initial = await pageProject(owner, project);
  return <ProjectPage key={initial.id} initial={initial} />;
}
