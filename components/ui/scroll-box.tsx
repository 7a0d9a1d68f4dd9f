import type { ReactNode, Ref } from 'react';
import { classNames } from '@/components/ui/class-names';

type ScrollBoxProps = {
  readonly label: string;
  readonly className?: string;
  readonly children: ReactNode;
  readonly ref?: Ref<HTMLElement>;
};

/** A part of a page that scrolls by itself, also by keyboard. Its height is the caller's. */
export function ScrollBox({ label, className, children, ref }: ScrollBoxProps) {
  const look = classNames('overflow-auto focus-visible:-outline-offset-2', className);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section ref={ref} aria-label={label} tabIndex={0} className={look}>
      {children}
    </section>
  );
}
