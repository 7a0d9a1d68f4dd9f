'use client';

import { type Expiry, expiryOptions } from '@/components/settings/api-keys/key-expiry';
import { Select } from '@/components/ui/select';

type ExpiryChooserProps = {
  readonly expiry: Expiry;
  /** Year, month and day, as date fields write them. */
  readonly date: string;
  readonly error: string | undefined;
  readonly onExpiry: (expiry: Expiry) => void;
  readonly onDate: (date: string) => void;
};

/** When a key stops working by itself. */
export function ExpiryChooser({ expiry, date, error, onExpiry, onDate }: ExpiryChooserProps) {
  return (
    <div className="grid gap-1">
      <span className="font-medium text-strong text-xs">It stops working</span>
      <div className="flex flex-wrap gap-2">
        <Select label="It stops working" value={expiry} options={expiryOptions} onChange={onExpiry} />
        {expiry === 'date' && (
          <input
            type="date"
            aria-label="The last day it works"
            aria-invalid={error === undefined ? undefined : true}
            value={date}
            onChange={(event) => onDate(event.currentTarget.value)}
            className="h-7 rounded-control border border-line-strong bg-raised px-2 text-strong text-xs touch:h-11 touch:text-md"
          />
        )}
      </div>
      {error && (
        <p role="alert" className="text-bad text-xs">
          {error}
        </p>
      )}
    </div>
  );
}
