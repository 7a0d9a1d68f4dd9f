'use client';

import { TextField } from '@/components/ui/text-field';

type KeyFieldProps = {
  readonly pasted: string;
  readonly isWhole: boolean;
  readonly isSignedIn?: boolean;
  readonly onPaste: (text: string) => void;
};

/** A key to send requests with in place of the session. It stays in this page's memory. */
export function KeyField({ pasted, isWhole, isSignedIn = true, onPaste }: KeyFieldProps) {
  return (
    <TextField
      label="Send with an API key"
      type="password"
      autoComplete="off"
      placeholder="ul_…"
      value={pasted}
      onChange={onPaste}
      error={pasted !== '' && !isWhole ? 'Expected ul_ followed by 40 hexadecimal digits.' : null}
      hint={
        isWhole
          ? 'Requests from this page carry this key. It is kept nowhere and gone when you leave.'
          : isSignedIn
            ? 'Without one, requests from this page go with your session.'
            : 'It is kept in this page’s memory only, and is gone when you leave.'
      }
    />
  );
}
