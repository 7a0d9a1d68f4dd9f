import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { AuthCard } from '@/components/account/auth-card';
import { SignInForm } from '@/components/account/sign-in-form';
import { TextLink } from '@/components/account/text-link';
import { env } from '@/lib/core/env';
import { localPath } from '@/lib/core/local-path';
import { firstParam, type SearchParams } from '@/lib/http/page-search';
import { currentSession } from '@/lib/http/page-session';
import { configuredProviders } from '@/lib/http/sign-in-providers';

export const metadata: Metadata = { title: 'Sign in' };

export default async function SignInPage({ searchParams }: { readonly searchParams: SearchParams }) {
  const search = await searchParams;
  const wanted = localPath(firstParam(search.next));
  const next = wanted ?? '/home';
  if ((await currentSession()) !== null) redirect(next);
  const ticket = firstParam(search.ticket);
  return (
    <AuthCard
      title={ticket === null ? 'Sign in' : 'One more step'}
      reason="Your projects and models, and the API that serves them."
      foot={
        <>
          <p>
            No account yet?{' '}
            <TextLink href={wanted === null ? '/sign-up' : `/sign-up?next=${encodeURIComponent(wanted)}`}>
              Create one
            </TextLink>
          </p>
          <p>
            <TextLink href="/test">Test a model</TextLink> without an account
          </p>
        </>
      }
    >
      <SignInForm
        next={next}
        providers={configuredProviders(env)}
        ticket={ticket}
        refusedBefore={firstParam(search.error)}
        emailBefore={firstParam(search.email)?.slice(0, 254) ?? ''}
      />
    </AuthCard>
  );
}
