import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { AuthCard } from '@/components/account/auth-card';
import { FirstAccountNote } from '@/components/account/first-account-note';
import { SignUpForm } from '@/components/account/sign-up-form';
import { TextLink } from '@/components/account/text-link';
import { services } from '@/lib/composition';
import { env } from '@/lib/core/env';
import { localPath } from '@/lib/core/local-path';
import { isFirstAccount } from '@/lib/domain/accounts/is-first-account';
import { firstParam, type SearchParams } from '@/lib/http/page-search';
import { currentSession } from '@/lib/http/page-session';
import { configuredProviders } from '@/lib/http/sign-in-providers';

export const metadata: Metadata = { title: 'Create an account' };

export default async function SignUpPage({ searchParams }: { readonly searchParams: SearchParams }) {
  const wanted = localPath(firstParam((await searchParams).next));
  const next = wanted ?? '/home';
  if ((await currentSession()) !== null) redirect(next);
  const isFirst = await isFirstAccount(await services());
  return (
    <AuthCard
      title="Create an account"
      reason="Keep models in projects and call them from your scripts."
      foot={
        <p>
          Have an account?{' '}
          <TextLink href={wanted === null ? '/sign-in' : `/sign-in?next=${encodeURIComponent(wanted)}`}>
            Sign in
          </TextLink>
        </p>
      }
    >
      {isFirst && <FirstAccountNote />}
      <SignUpForm next={next} providers={configuredProviders(env)} />
    </AuthCard>
  );
}
