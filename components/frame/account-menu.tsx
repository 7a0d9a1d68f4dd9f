'use client';

import { Keyboard, KeyRound, LogOut, Mail, ShieldCheck, UserRound } from 'lucide-react';
import { Avatar } from '@/components/frame/avatar';
import type { FrameSession } from '@/components/frame/frame-context';
import { showOverlay } from '@/components/frame/frame-store';
import { signOutAndLeave } from '@/components/frame/sign-out';
import { Menu, MenuHeading, MenuItem, MenuLine } from '@/components/ui/menu';

/** Who is signed in, the pages about them, and the way out. */
export function AccountMenu({ session }: { readonly session: FrameSession }) {
  return (
    <Menu
      label={`Account of ${session.displayName}`}
      tip="Account"
      control={<Avatar name={session.displayName} seed={session.username} />}
      controlClass="grid size-7 place-items-center rounded-full touch:size-11"
      className="w-60"
    >
      <MenuHeading>
        <p className="truncate font-medium text-strong">{session.displayName}</p>
        <p className="truncate text-muted text-xs">{session.email}</p>
      </MenuHeading>
      <MenuLine />
      <MenuItem href="/settings/profile" icon={<UserRound size={15} aria-hidden />}>
        Profile
      </MenuItem>
      <MenuItem href="/settings/security" icon={<ShieldCheck size={15} aria-hidden />}>
        Security
      </MenuItem>
      <MenuItem href="/settings/api-keys" icon={<KeyRound size={15} aria-hidden />}>
        API keys
      </MenuItem>
      {session.isAdmin && (
        <MenuItem href="/admin/mails" icon={<Mail size={15} aria-hidden />}>
          Letters of this server
        </MenuItem>
      )}
      <MenuItem onSelect={() => showOverlay('keys')} keys="?" icon={<Keyboard size={15} aria-hidden />}>
        Keys
      </MenuItem>
      <MenuLine />
      <MenuItem onSelect={signOutAndLeave} icon={<LogOut size={15} aria-hidden />}>
        Sign out
      </MenuItem>
    </Menu>
  );
}
