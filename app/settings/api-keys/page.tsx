import type { Metadata } from 'next';
import { ApiKeysPage } from '@/components/settings/api-keys/api-keys-page';
import { pageQuery } from '@/lib/core/page';
import { listApiKeys } from '@/lib/domain/api-keys/list-api-keys';
import { offeredScopes } from '@/lib/http/key-scopes';
import { allOperations } from '@/lib/http/operations/all-operations';
import { firstParam, type SearchParams } from '@/lib/http/page-search';
import { pageContext } from '@/lib/http/page-session';

export const metadata: Metadata = { title: 'API keys' };

export default async function Page({ searchParams }: { readonly searchParams: SearchParams }) {
  const context = await pageContext();
  const search = await searchParams;
  const asked = pageQuery.safeParse({
    page: firstParam(search.page) ?? undefined,
    limit: firstParam(search.limit) ?? undefined,
  });
  const initial = await listApiKeys(context, asked.success ? asked.data : pageQuery.parse({}));
  return <ApiKeysPage initial={initial} offered={offeredScopes(allOperations)} />;
}
