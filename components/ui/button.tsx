import type { ComponentProps } from 'react';
import { classNames } from '@/components/ui/class-names';

type ButtonProps = ComponentProps<'button'> & {
  readonly variant?: keyof typeof variants;
  readonly size?: keyof typeof sizes;
};

const variants = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover',
  secondary: 'border border-line-strong bg-raised text-strong hover:bg-hover active:bg-press',
  ghost:
    'text-body hover:bg-hover hover:text-strong active:bg-press aria-[pressed=false]:text-muted aria-pressed:bg-press aria-pressed:text-strong',
  danger: 'text-bad hover:bg-bad-soft',
} as const;

const sizes = {
  small: 'h-6 gap-1 px-2 text-xs touch:h-11 touch:px-3',
  medium: 'h-7 gap-1.5 px-2.5 text-sm touch:h-11 touch:px-4',
  icon: 'size-7 touch:size-11',
  'icon-small': 'size-6 touch:size-11',
} as const;

/** The one button. Icon sizes need an `aria-label`; `data-tip` shows the same words with the key that does it. */
export function Button({ variant = 'secondary', size = 'medium', className, type = 'button', ...rest }: ButtonProps) {
  return <button type={type} className={buttonClass(variant, size, className)} {...rest} />;
}

/** The button's look for things that are not buttons: links, and labels of file inputs. */
export function buttonClass(variant: keyof typeof variants, size: keyof typeof sizes, className?: string): string {
  return classNames(
    'inline-flex shrink-0 select-none items-center justify-center whitespace-nowrap rounded-control font-medium transition-colors',
    'disabled:pointer-events-none disabled:opacity-45',
    variants[variant],
    sizes[size],
    className,
  );
}
