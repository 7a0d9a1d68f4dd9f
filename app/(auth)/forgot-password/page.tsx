import type { Metadata } from 'next';
import { AuthCard } from '@/components/account/auth-card';
import { ForgotPasswordForm } from '@/components/account/forgot-password-form';
import { TextLink } from '@/components/account/text-link';
import { env } from '@/lib/core/env';

export const metadata: Metadata = { title: 'New password' };

export default function ForgotPasswordPage() {
  return (
    <AuthCard
      title="Get a new password"
      reason="A link to set one is sent to the e-mail address of your account."
      foot={
        <p>
          <TextLink href="/sign-in">Back to sign in</TextLink>
        </p>
      }
    >
      <ForgotPasswordForm sendsMail={env.SMTP_URL !== undefined} />
    </AuthCard>
  );
}
