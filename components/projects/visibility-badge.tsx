'use client';

import { Globe, Lock } from 'lucide-react';
import { useState } from 'react';
import { classNames } from '@/components/ui/class-names';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { RequestFault } from '@/components/ui/request-fault';

type Visibility = 'private' | 'public';

type VisibilityBadgeProps = {
  /** What it is: “project”, “model”. */
  readonly noun: string;
  readonly name: string;
  readonly visibility: Visibility;
  readonly onChange: (visibility: Visibility) => Promise<unknown>;
};

const looks = {
  private: { icon: Lock, label: 'Private' },
  public: { icon: Globe, label: 'Public' },
} as const;

/** Who may see a thing. Pressing it turns it round; making it public asks first. */
export function VisibilityBadge({ noun, name, visibility, onChange }: VisibilityBadgeProps) {
  const [isAsking, setAsking] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const other: Visibility = visibility === 'public' ? 'private' : 'public';

  async function change(): Promise<void> {
    setBusy(true);
    setError(null);
    try {
      await onChange(other);
      setAsking(false);
    } catch (thrown) {
      setError(thrown);
      setAsking(true);
    } finally {
      setBusy(false);
    }
  }

  return (
    <>
      <button
        type="button"
        disabled={isBusy}
        aria-label={`${looks[visibility].label}. Make this ${noun} ${other}`}
        data-tip={`Make ${other}`}
        onClick={() => (other === 'public' ? setAsking(true) : void change())}
        className="shrink-0 rounded-chip hover:bg-hover touch:grid touch:min-h-11 touch:place-items-center"
      >
        <VisibilityChip visibility={visibility} />
      </button>
      {isAsking && (
        <ConfirmDialog
          title={`Make ${name} ${other}?`}
          action={`Make ${other}`}
          isBusy={isBusy}
          fault={error !== null && <RequestFault what="The visibility could not be changed" error={error} />}
          onConfirm={() => void change()}
          onClose={() => setAsking(false)}
        >
          <p>
            A public {noun} is marked as one that may be shown to everybody who has an account on this server. You can
            make it private again at any time.
          </p>
        </ConfirmDialog>
      )}
    </>
  );
}

/** The same as a plain word with its sign. */
export function VisibilityChip({ visibility }: { readonly visibility: Visibility }) {
  const { icon: Icon, label } = looks[visibility];
  return (
    <span
      className={classNames(
        'inline-flex h-5 items-center gap-1 rounded-chip border px-1.5 text-2xs',
        visibility === 'public' ? 'text-good' : 'text-muted',
      )}
    >
      <Icon size={11} aria-hidden />
      <span className="max-sm:sr-only">{label}</span>
    </span>
  );
}
