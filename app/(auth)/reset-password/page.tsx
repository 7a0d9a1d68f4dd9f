import type { Metadata } from 'next';
import { AuthCard } from '@/components/account/auth-card';
import { ResetPasswordForm } from '@/components/account/reset-password-form';
import { TextLink } from '@/components/account/text-link';
import { FaultNote } from '@/components/ui/fault-note';
import { firstParam, type SearchParams } from '@/lib/http/page-search';

export const metadata: Metadata = { title: 'Set a new password' };

export default async function ResetPasswordPage({ searchParams }: { readonly searchParams: SearchParams }) {
  const token = firstParam((await searchParams).token);
  return (
    <AuthCard
      title="Set a new password"
      reason="Every device that is signed in will be signed out."
      foot={
        <p>
          <TextLink href="/forgot-password">Ask for another link</TextLink>
        </p>
      }
    >
      {token === null ? (
        <FaultNote found="The link is not whole" remedy="Open it again from the letter, or copy all of its address." />
      ) : (
        <ResetPasswordForm token={token} />
      )}
    </AuthCard>
  );
}
