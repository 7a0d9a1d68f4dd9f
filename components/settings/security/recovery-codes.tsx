'use client';

import { Download } from 'lucide-react';
import { recoveryFile } from '@/components/settings/security/recovery-file';
import { Button, buttonClass } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { useOrigin } from '@/components/ui/use-origin';

type RecoveryCodesProps = {
  readonly codes: readonly string[];
  readonly username: string;
  readonly onKept: () => void;
};

/** The ten codes, this once: to copy, to download, and gone when the person has them. */
export function RecoveryCodes({ codes, username, onKept }: RecoveryCodesProps) {
  const origin = useOrigin();
  const file = recoveryFile({ codes, username, origin });
  return (
    <div className="grid gap-4 p-4">
      <p className="text-body" role="status">
        <strong className="font-medium text-strong">Keep these ten recovery codes.</strong> Each opens your account once
        when the phone is gone. They are not shown again.
      </p>
      <ul className="grid grid-cols-2 gap-x-6 gap-y-1.5 rounded-control border bg-sunken p-3 font-mono text-sm text-strong sm:grid-cols-5">
        {codes.map((code) => (
          <li key={code} className="text-center">
            {code}
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap items-center gap-2">
        <CopyButton text={codes.join('\n')} label="Copy" withLabel />
        <a
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(file)}`}
          download={`sightline-recovery-codes-${username}.txt`}
          className={buttonClass('secondary', 'medium')}
        >
          <Download size={14} aria-hidden />
          Download
        </a>
        <Button variant="primary" className="ml-auto" onClick={onKept}>
          I have kept them
        </Button>
      </div>
    </div>
  );
}
