'use client';

import { Bell, Search } from 'lucide-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { Avatar } from '@/components/frame/avatar';
import { useFrameSession } from '@/components/frame/frame-context';
import { showOverlay } from '@/components/frame/frame-store';
import { ThemeButton } from '@/components/frame/theme-button';
import { useCommandKey } from '@/components/frame/use-command-key';
import { Button, buttonClass } from '@/components/ui/button';
import { signInPath } from '@/lib/core/sign-in-path';

// Only for people who are signed in, and not needed before the page works.
const ActivityBell = dynamic(
  () => import('@/components/frame/activity-bell').then(({ ActivityBell }) => ActivityBell),
  { ssr: false, loading: BellSlot },
);
const AccountMenu = dynamic(() => import('@/components/frame/account-menu').then(({ AccountMenu }) => AccountMenu), {
  ssr: false,
  loading: AccountSlot,
});

/** What every header ends with. On phones it moves into the list of pages, so that a page's own actions have room. */
export function HeaderTools() {
  const session = useFrameSession();
  const path = usePathname();
  return (
    <div className="flex items-center gap-1.5 max-sm:hidden">
      <SearchButton />
      {session !== null && <ActivityBell />}
      <ThemeButton />
      {session !== null && <AccountMenu session={session} />}
      {session === null && !path.startsWith('/sign-') && (
        <Link href={signInPath(path)} className={buttonClass('secondary', 'medium')}>
          Sign in
        </Link>
      )}
    </div>
  );
}

function SearchButton() {
  const commandKey = useCommandKey();
  return (
    <Button
      variant="ghost"
      aria-label="Search pages, projects and models"
      data-tip="Search"
      data-keys={commandKey}
      className="max-xl:w-7 max-xl:px-0 touch:max-xl:w-11 xl:border xl:border-line-strong xl:bg-raised xl:font-normal xl:text-muted"
      onClick={() => showOverlay('palette')}
    >
      <Search size={15} aria-hidden />
      <span className="hidden w-28 text-left xl:inline">Search</span>
      <span className="hidden text-2xs xl:inline">{commandKey}</span>
    </Button>
  );
}

/** What stands where the bell and the menu will be, so that nothing moves or flickers when they come. */
function BellSlot() {
  return (
    <span aria-hidden className="grid size-7 place-items-center text-body touch:size-11">
      <Bell size={16} />
    </span>
  );
}

function AccountSlot() {
  const session = useFrameSession();
  return (
    <span aria-hidden className="grid size-7 place-items-center touch:size-11">
      {session !== null && <Avatar name={session.displayName} seed={session.username} />}
    </span>
  );
}
