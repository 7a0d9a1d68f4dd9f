import type { Metadata } from 'next';
import { ModelPage } from '@/components/models/model-page';
import { pageModel } from '@/lib/http/page-entities';

type Props = { readonly params: Promise<{ readonly owner: string; readonly project: string; readonly model: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { owner, project, model } = await params;
  return { title: (await pageModel(owner, project, model)).name };
}

export default async function Page({ params }: Props) {
  const { owner, project, model } = await params;
  const initial = await pageModel(owner, project, model);
  return <ModelPage key={initial.id} initial={initial} />;
}
