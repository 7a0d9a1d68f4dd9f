import { type PasswordStrength, passwordStrength, shortestPassword } from '@/components/account/password-strength';
import { classNames } from '@/components/ui/class-names';

type StrengthMeterProps = {
  readonly password: string;
  /** What an attacker knows: e-mail address, user name. */
  readonly names: readonly string[];
};

const levels: Readonly<Record<PasswordStrength, { filled: number; colour: string; words: string }>> = {
  'too-short': { filled: 0, colour: 'bg-line-strong', words: `At least ${shortestPassword} characters` },
  weak: { filled: 1, colour: 'bg-bad', words: 'Weak: easily guessed. A few unrelated words are better' },
  fair: { filled: 2, colour: 'bg-warn', words: 'Fair: a few characters more make it good' },
  good: { filled: 3, colour: 'bg-good', words: 'Good' },
  strong: { filled: 4, colour: 'bg-good', words: 'Strong' },
};

/** How hard the password is to guess, in four steps and in words. It takes the same room whatever it says. */
export function StrengthMeter({ password, names }: StrengthMeterProps) {
  const { filled, colour, words } = levels[passwordStrength(password, names)];
  return (
    <span className="grid gap-1">
      <span aria-hidden className="grid grid-cols-4 gap-1">
        {[1, 2, 3, 4].map((step) => (
          <span
            key={step}
            className={classNames('h-[3px] rounded-full transition-colors', step <= filled ? colour : 'bg-line-strong')}
          />
        ))}
      </span>
      <span aria-live="polite">{words}</span>
    </span>
  );
}
