import { redirect } from 'next/navigation';
import { projectPath } from '@/components/models/model-path';
import { pageProjectById } from '@/lib/http/page-entities';

type Props = { readonly params: Promise<{ readonly projectId: string }> };

/** A link that outlives the project's name: leads to the address it has now. */
export default async function Page({ params }: Props) {
  redirect(projectPath(await pageProjectById((await params).projectId)));
}
