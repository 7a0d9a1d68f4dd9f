import type { Metadata } from 'next';
import { ProjectsPage } from '@/components/projects/projects-page';
import { requireSession } from '@/lib/http/page-session';

export const metadata: Metadata = { title: 'Projects' };

export default async function Page() {
  const { workspace } = await requireSession();
  return <ProjectsPage owner={workspace.slug} />;
}
