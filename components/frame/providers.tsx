'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { ThemeProvider } from 'next-themes';
import { type ReactNode, useState } from 'react';
import { Toaster } from '@/components/ui/toaster';
import { TooltipLayer } from '@/components/ui/tooltip-layer';

type ProvidersProps = {
  /** Of the document's content security policy. */
  readonly nonce: string | undefined;
  readonly children: ReactNode;
};

/** What every page stands on: theme, cached reads, the one tooltip and the toasts. */
export function Providers({ nonce, children }: ProvidersProps) {
  const [queryClient] = useState(
    () =>
      new QueryClient({
        // Everything read here lies on this machine: it works offline and does not go stale by itself.
        defaultOptions: { queries: { networkMode: 'always', staleTime: Number.POSITIVE_INFINITY, retry: false } },
      }),
  );
  return (
    <ThemeProvider nonce={nonce} attribute="class" defaultTheme="system" enableSystem disableTransitionOnChange>
      <QueryClientProvider client={queryClient}>
        {children}
        <Toaster />
        <TooltipLayer />
      </QueryClientProvider>
    </ThemeProvider>
  );
}
