'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Laptop, Smartphone } from 'lucide-react';
import { signOutAndLeave } from '@/components/frame/sign-out';
import { SettingsSection } from '@/components/settings/settings-section';
import { Button } from '@/components/ui/button';
import { RelativeTime } from '@/components/ui/relative-time';
import { RequestFault } from '@/components/ui/request-fault';
import { callApi } from '@/lib/client/call-api';
import { apiQuery } from '@/lib/client/query-keys';
import type { Session } from '@/lib/domain/accounts/schema';
import {
  listSessionsOperation,
  revokeOtherSessionsOperation,
  revokeSessionOperation,
} from '@/lib/http/operations/account';

const sessionsQuery = apiQuery(listSessionsOperation);

/** Where the person is signed in, and the way to end it there. */
export function DevicesSection({ initial }: { readonly initial: readonly Session[] }) {
  const queryClient = useQueryClient();
  const { data: sessions } = useQuery({ ...sessionsQuery, initialData: [...initial], staleTime: 30_000 });
  const refresh = () => queryClient.invalidateQueries({ queryKey: sessionsQuery.queryKey });
  const revokeOthers = useMutation({ mutationFn: () => callApi(revokeOtherSessionsOperation), onSuccess: refresh });
  return (
    <SettingsSection
      title="Devices"
      description="A device that is signed out must sign in again, at once."
      aside={
        sessions.length > 1 && (
          <Button size="small" disabled={revokeOthers.isPending} onClick={() => revokeOthers.mutate()}>
            {revokeOthers.isPending ? 'Signing out…' : 'Sign out all others'}
          </Button>
        )
      }
    >
      {revokeOthers.isError && (
        <RequestFault what="The devices could not be signed out" error={revokeOthers.error} className="m-3" />
      )}
      <ul>
        {sessions.map((session) => (
          <DeviceRow key={session.id} session={session} onRevoked={refresh} />
        ))}
      </ul>
    </SettingsSection>
  );
}

function DeviceRow({ session, onRevoked }: { readonly session: Session; readonly onRevoked: () => Promise<void> }) {
  const revoke = useMutation({
    mutationFn: () => callApi(revokeSessionOperation, { params: { sessionId: session.id } }),
    onSuccess: onRevoked,
  });
  const Icon = /Android|iPhone|iPad|iOS/.test(session.device) ? Smartphone : Laptop;
  return (
    <li className="border-b last:border-b-0">
      <div className="flex min-h-14 items-center gap-3 px-4 py-2">
        <Icon size={18} aria-hidden className="shrink-0 text-muted" />
        <div className="grid min-w-0 flex-1">
          <span className="truncate font-medium text-strong">
            {session.device}
            {session.current && <span className="ml-2 font-medium text-good text-xs">This device</span>}
          </span>
          <span className="truncate text-muted text-xs">
            {session.address} · {session.current ? 'active now' : <RelativeTime at={session.lastSeenAt} />} · signed in{' '}
            <RelativeTime at={session.createdAt} />
          </span>
        </div>
        <Button
          size="small"
          aria-label={`Sign out ${session.device}`}
          disabled={revoke.isPending}
          onClick={session.current ? signOutAndLeave : () => revoke.mutate()}
        >
          {revoke.isPending ? 'Signing out…' : 'Sign out'}
        </Button>
      </div>
      {revoke.isError && (
        <RequestFault what="The device could not be signed out" error={revoke.error} className="mx-4 mb-3" />
      )}
    </li>
  );
}
