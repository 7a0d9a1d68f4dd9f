'use client';

import { LogOut, Search, X } from 'lucide-react';
import Link from 'next/link';
import { Avatar } from '@/components/frame/avatar';
import { BrandMark } from '@/components/frame/brand-mark';
import { type FrameSession, useFrameSession } from '@/components/frame/frame-context';
import { showOverlay } from '@/components/frame/frame-store';
import { RailLinks } from '@/components/frame/rail-links';
import { signOutAndLeave } from '@/components/frame/sign-out';
import { ThemeButton } from '@/components/frame/theme-button';
import { Button } from '@/components/ui/button';
import { useModal } from '@/components/ui/use-modal';

/** The pages, search, theme and account on small screens: a native modal dialog that lies at the left edge. */
export function PagesDrawer({ onClose }: { readonly onClose: () => void }) {
  const modal = useModal(onClose);
  const session = useFrameSession();

  return (
    <dialog
      {...modal}
      aria-label="Pages"
      className="m-0 h-dvh max-h-none w-[min(280px,calc(100vw-48px))] flex-col border-0 bg-overlay p-0 text-body shadow-float backdrop:bg-[oklch(0_0_0/0.45)] open:flex"
    >
      <div className="flex h-12 shrink-0 items-center gap-2.5 border-b pr-2 pl-4 touch:h-14">
        <BrandMark size={22} />
        <span className="mr-auto font-semibold text-md text-strong">Sightline</span>
        <ThemeButton />
        <Button variant="ghost" size="icon" aria-label="Close" onClick={onClose}>
          <X size={16} aria-hidden />
        </Button>
      </div>
      <nav aria-label="Pages" className="flex min-h-0 flex-1 flex-col justify-between gap-4 overflow-y-auto px-2 py-2">
        <div className="grid gap-2">
          <Button className="w-full justify-start text-muted" onClick={() => showOverlay('palette')}>
            <Search size={15} aria-hidden />
            Search
          </Button>
          <RailLinks place="main" wide onFollow={onClose} />
        </div>
        <RailLinks place="foot" wide onFollow={onClose} />
      </nav>
      {session !== null && <AccountRow session={session} onFollow={onClose} />}
    </dialog>
  );
}

type AccountRowProps = { readonly session: FrameSession; readonly onFollow: () => void };

function AccountRow({ session, onFollow }: AccountRowProps) {
  return (
    <div className="flex shrink-0 items-center gap-1 border-t p-2">
      <Link
        href="/settings/profile"
        onClick={onFollow}
        className="flex min-w-0 flex-1 items-center gap-2.5 rounded-control p-1.5 hover:bg-hover"
      >
        <Avatar name={session.displayName} seed={session.username} size={28} />
        <span className="grid min-w-0">
          <span className="truncate font-medium text-strong">{session.displayName}</span>
          <span className="truncate text-muted text-xs">{session.email}</span>
        </span>
      </Link>
      <Button variant="ghost" size="icon" aria-label="Sign out" data-tip="Sign out" onClick={signOutAndLeave}>
        <LogOut size={16} aria-hidden />
      </Button>
    </div>
  );
}
