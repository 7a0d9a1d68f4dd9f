import { GeistMono } from 'geist/font/mono';
import { GeistSans } from 'geist/font/sans';
import type { Metadata, Viewport } from 'next';
import { cookies, headers } from 'next/headers';
import type { ReactNode } from 'react';
import { AppFrame } from '@/components/frame/app-frame';
import { OfflineShell } from '@/components/frame/offline-shell';
import { Providers } from '@/components/frame/providers';
import { parseRailWidth, railCookie } from '@/components/frame/rail-memory';
import { env } from '@/lib/core/env';
import { frameSession } from '@/lib/http/page-session';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Sightline', template: '%s · Sightline' },
  description: 'Drop a YOLO model and an image, see what it sees. Nothing leaves this browser.',
};

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f9fafc' },
    { media: '(prefers-color-scheme: dark)', color: '#0f1013' },
  ],
};

export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  // proxy.ts allows inline scripts by a nonce of this document only; the theme's script needs it.
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  const session = await frameSession();
  const remembered = parseRailWidth((await cookies()).get(railCookie)?.value);
  return (
    // The theme script sets the class before the first paint, so server and browser differ in that one attribute.
    <html lang="en" className={`${GeistSans.variable} ${GeistMono.variable}`} suppressHydrationWarning>
      <body>
        <Providers nonce={nonce}>
          <AppFrame
            session={
              session && {
                displayName: session.user.displayName,
                email: session.user.email,
                username: session.workspace.slug,
                isAdmin: session.isAdmin,
              }
            }
            // Visitors have two pages to go to: the words would take more room than they are worth.
            railWidth={remembered ?? (session === null ? 'narrow' : 'wide')}
          >
            {children}
          </AppFrame>
          <OfflineShell enabled={env.NODE_ENV === 'production'} />
        </Providers>
      </body>
    </html>
  );
}
