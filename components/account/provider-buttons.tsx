'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { FaultNote } from '@/components/ui/fault-note';
import { providerSignInUrl } from '@/lib/client/sign-in';
import type { Provider } from '@/lib/domain/accounts/schema';

export type ProviderChoice = { readonly id: Provider; readonly label: string };

type ProviderButtonsProps = {
  readonly providers: readonly ProviderChoice[];
  /** Where to go afterwards. */
  readonly next: string;
};

/** The ways to sign in without a password of this server; nothing where none is set up. */
export function ProviderButtons({ providers, next }: ProviderButtonsProps) {
  const [leavingTo, setLeavingTo] = useState<Provider | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  if (providers.length === 0) return null;

  async function leave({ id, label }: ProviderChoice): Promise<void> {
    setLeavingTo(id);
    setFailed(null);
    const url = await providerSignInUrl(id, next);
    if (url === null) {
      setLeavingTo(null);
      setFailed(label);
      return;
    }
    window.location.assign(url);
  }

  return (
    <div className="grid gap-2">
      {providers.map((provider) => (
        <Button
          key={provider.id}
          className="h-8 w-full touch:h-11"
          disabled={leavingTo !== null}
          onClick={() => void leave(provider)}
        >
          {leavingTo === provider.id ? `Going to ${provider.label}…` : `Continue with ${provider.label}`}
        </Button>
      ))}
      {failed !== null && (
        <FaultNote found={`${failed} could not be reached`} remedy="Try again, or sign in with a password." />
      )}
      <div aria-hidden className="flex items-center gap-3 pt-1 text-muted text-xs">
        <span className="h-px flex-1 bg-line" />
        or
        <span className="h-px flex-1 bg-line" />
      </div>
    </div>
  );
}
