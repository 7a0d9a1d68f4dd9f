'use client';

import Link from 'next/link';
import { createContext, type KeyboardEvent, type ReactNode, useContext } from 'react';
import { classNames } from '@/components/ui/class-names';
import { nextItem } from '@/components/ui/next-item';
import { Popover } from '@/components/ui/popover';

type MenuProps = {
  readonly label: string;
  readonly control: ReactNode;
  readonly controlClass: string;
  readonly tip?: string;
  readonly align?: 'start' | 'end';
  readonly className?: string;
  readonly children: ReactNode;
};

const CloseMenu = createContext<() => void>(() => undefined);

/** A list of actions behind one control: arrows, Home, End and first letters walk, Esc closes. */
export function Menu({ children, className, ...rest }: MenuProps) {
  return (
    <Popover {...rest} role="menu" className={classNames('min-w-48', className)}>
      {(close) => (
        <CloseMenu value={close}>
          {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the menu that wraps this list */}
          <div onKeyDown={(event) => walk(event, close)} className="grid gap-px p-1">
            {children}
          </div>
        </CloseMenu>
      )}
    </Popover>
  );
}

type MenuItemProps = {
  readonly icon?: ReactNode;
  /** Shown at the right: the key that does the same. */
  readonly keys?: string;
  readonly tone?: 'plain' | 'danger';
  readonly children: ReactNode;
} & (
  | { readonly href: string; readonly onSelect?: undefined }
  | { readonly onSelect: () => void; readonly href?: undefined }
);

/** One action of a menu: a link when it has an address, else a button. */
export function MenuItem({ icon, keys, tone = 'plain', children, href, onSelect }: MenuItemProps) {
  const close = useContext(CloseMenu);
  const className = classNames(
    'flex h-8 w-full items-center gap-2.5 rounded-control px-2 text-left text-sm outline-none hover:bg-hover focus:bg-hover touch:h-11',
    tone === 'danger' ? 'text-bad' : 'text-body focus:text-strong',
  );
  const content = (
    <>
      {icon && <span className="grid w-4 shrink-0 place-items-center text-muted">{icon}</span>}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {keys && <span className="text-2xs text-muted">{keys}</span>}
    </>
  );
  if (href !== undefined) {
    return (
      <Link role="menuitem" tabIndex={-1} href={href} onClick={close} className={className}>
        {content}
      </Link>
    );
  }
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      onClick={() => {
        close();
        onSelect();
      }}
      className={className}
    >
      {content}
    </button>
  );
}

/** Words above items: who or what the menu is about. */
export function MenuHeading({ children }: { readonly children: ReactNode }) {
  return (
    <div role="presentation" className="px-2 py-1.5">
      {children}
    </div>
  );
}

/** A line between groups of items. */
export function MenuLine() {
  return <hr className="-mx-1 my-1 border-t" />;
}

function walk(event: KeyboardEvent<HTMLElement>, close: () => void): void {
  if (event.key === 'Tab') {
    close();
    return;
  }
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="menuitem"]')];
  const at = items.findIndex((item) => item.matches(':focus'));
  const to = nextItem(
    event.key,
    at,
    items.map((item) => item.textContent ?? ''),
  );
  if (to === null) return;
  event.preventDefault();
  items[to]?.focus();
}
