'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { CodeField } from '@/components/account/code-field';
import { faultsByField } from '@/components/account/field-faults';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { RequestFault } from '@/components/ui/request-fault';
import { callApi } from '@/lib/client/call-api';
import type { TwoFactorSetup } from '@/lib/domain/accounts/schema';
import { beginTwoFactorOperation, confirmTwoFactorOperation } from '@/lib/http/operations/two-factor';

type SetUpTwoFactorProps = {
  readonly onCodes: (codes: readonly string[]) => void;
  readonly onCancel: () => void;
};

/** The secret as a picture and as letters, then a code that proves that the authenticator has it. */
export function SetUpTwoFactor({ onCodes, onCancel }: SetUpTwoFactorProps) {
  const [code, setCode] = useState('');
  // Each set-up has a secret of its own, asked for once and forgotten when the page is left.
  const setup = useQuery({
    queryKey: ['two-factor-setup'],
    queryFn: ({ signal }) => callApi(beginTwoFactorOperation, { signal }),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
  const confirm = useMutation({
    mutationFn: () => callApi(confirmTwoFactorOperation, { body: { code } }),
    onSuccess: ({ recoveryCodes }) => onCodes(recoveryCodes),
  });
  const faults = confirm.error === null ? null : faultsByField(confirm.error, ['code']);

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (!confirm.isPending) confirm.mutate();
  }

  if (setup.isError) {
    return (
      <RequestFault
        what="The set-up could not begin"
        error={setup.error}
        onRetry={() => void setup.refetch()}
        className="m-4"
      />
    );
  }
  return (
    <form onSubmit={submit} className="grid gap-4 p-4">
      <div className="grid items-start gap-4 sm:grid-cols-[auto_minmax(0,1fr)]">
        <Secret setup={setup.data} />
        <div className="grid max-w-[320px] gap-3">
          <p className="text-body">Then enter the code it shows:</p>
          <CodeField
            kind="authenticator"
            value={code}
            onChange={(value) => {
              setCode(value);
              if (!confirm.isIdle) confirm.reset();
            }}
            error={faults?.fields.code}
          />
          {faults?.rest != null && <RequestFault what="The code could not be checked" error={faults.rest} />}
          <div className="flex gap-2">
            <Button type="submit" variant="primary" disabled={confirm.isPending || setup.data === undefined}>
              {confirm.isPending ? 'Checking…' : 'Turn on'}
            </Button>
            <Button onClick={onCancel}>Cancel</Button>
          </div>
        </div>
      </div>
    </form>
  );
}

const pictureSize = 176;

function Secret({ setup }: { readonly setup: TwoFactorSetup | undefined }) {
  if (setup === undefined) {
    return <div className="skeleton" style={{ width: pictureSize, height: pictureSize }} />;
  }
  return (
    <div className="grid w-[220px] max-w-full gap-2">
      <p className="text-body">Scan with your authenticator app:</p>
      {/* biome-ignore lint/performance/noImgElement: a few hundred bytes that lie in the page; nothing in a picture can run */}
      <img
        src={`data:image/svg+xml,${encodeURIComponent(setup.qrSvg)}`}
        alt="QR code of the secret. The same secret stands below as letters."
        width={pictureSize}
        height={pictureSize}
        className="rounded-control bg-[white]"
      />
      <div className="grid gap-1">
        <span className="flex items-center justify-between text-muted text-xs">
          Or type it by hand
          <CopyButton text={setup.secret} label="Copy the secret" />
        </span>
        <code className="break-all font-mono text-strong text-xs">{inGroups(setup.secret)}</code>
      </div>
    </div>
  );
}

/** Groups of four: easier to type from a screen. */
function inGroups(secret: string): string {
  return secret.match(/.{1,4}/g)?.join(' ') ?? secret;
}
