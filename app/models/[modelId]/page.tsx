import { redirect } from 'next/navigation';
import { modelPath } from '@/components/models/model-path';
import { pageModelById } from '@/lib/http/page-entities';

type Props = { readonly params: Promise<{ readonly modelId: string }> };

/** A link that outlives the model's name: leads to the address it has now. */
export default async function Page({ params }: Props) {
  redirect(modelPath(await pageModelById((await params).modelId)));
}
