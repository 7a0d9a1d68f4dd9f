'use client';

import { Eye, EyeOff } from 'lucide-react';
import { type ComponentProps, useState } from 'react';
import { Button } from '@/components/ui/button';
import { TextField } from '@/components/ui/text-field';

type PasswordFieldProps = Omit<ComponentProps<typeof TextField>, 'type' | 'end' | 'rows' | 'inputMode'>;

/** A password with the way to see what was typed. It is hidden again whenever the field is made anew. */
export function PasswordField({ maxLength = 256, ...rest }: PasswordFieldProps) {
  const [shown, setShown] = useState(false);
  const label = shown ? 'Hide the password' : 'Show the password';
  const Icon = shown ? EyeOff : Eye;
  return (
    <TextField
      {...rest}
      type={shown ? 'text' : 'password'}
      maxLength={maxLength}
      autoCapitalize="none"
      spellCheck={false}
      end={
        <Button
          variant="ghost"
          size="icon"
          className="text-muted"
          aria-label={label}
          aria-pressed={shown}
          data-tip={label}
          onClick={() => setShown(!shown)}
        >
          <Icon size={15} aria-hidden />
        </Button>
      }
    />
  );
}
