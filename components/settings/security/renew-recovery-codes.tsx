'use client';

import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { CodeField } from '@/components/account/code-field';
import { faultsByField } from '@/components/account/field-faults';
import { Button } from '@/components/ui/button';
import { RequestFault } from '@/components/ui/request-fault';
import { callApi } from '@/lib/client/call-api';
import { regenerateRecoveryCodesOperation } from '@/lib/http/operations/two-factor';

type RenewRecoveryCodesProps = {
  readonly onCodes: (codes: readonly string[]) => void;
  readonly onCancel: () => void;
};

/** New recovery codes in the place of the old ones, for a code of the authenticator. */
export function RenewRecoveryCodes({ onCodes, onCancel }: RenewRecoveryCodesProps) {
  const [code, setCode] = useState('');
  const renew = useMutation({
    mutationFn: () => callApi(regenerateRecoveryCodesOperation, { body: { code } }),
    onSuccess: ({ recoveryCodes }) => onCodes(recoveryCodes),
  });
  const faults = renew.error === null ? null : faultsByField(renew.error, ['code']);

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (!renew.isPending) renew.mutate();
  }

  return (
    <form onSubmit={submit} className="grid max-w-[352px] gap-3 p-4">
      <p className="text-body">Ten new codes are made; the old ones stop working.</p>
      <CodeField
        kind="authenticator"
        value={code}
        onChange={(value) => {
          setCode(value);
          if (!renew.isIdle) renew.reset();
        }}
        error={faults?.fields.code}
        autoFocus
      />
      {faults?.rest != null && <RequestFault what="The codes could not be made" error={faults.rest} />}
      <div className="flex gap-2">
        <Button type="submit" variant="primary" disabled={renew.isPending}>
          {renew.isPending ? 'Making them…' : 'Make new codes'}
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    </form>
  );
}
