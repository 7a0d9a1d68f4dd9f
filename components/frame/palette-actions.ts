import { FolderPlus, Keyboard, KeyRound, LogIn, LogOut, type LucideIcon, SunMoon, UserPlus } from 'lucide-react';

export type PaletteAction = { readonly label: string; readonly icon: LucideIcon; readonly keys?: string } & (
  | { readonly does: 'go'; readonly href: string }
  | { readonly does: 'theme' | 'keys' | 'sign-out' }
);

const forMembers: readonly PaletteAction[] = [
  { label: 'New project', icon: FolderPlus, does: 'go', href: '/projects?new=1' },
  { label: 'New API key', icon: KeyRound, does: 'go', href: '/settings/api-keys?new=1' },
];

const forVisitors: readonly PaletteAction[] = [
  { label: 'Sign in', icon: LogIn, does: 'go', href: '/sign-in' },
  { label: 'Create an account', icon: UserPlus, does: 'go', href: '/sign-up' },
];

const forAll: readonly PaletteAction[] = [
  { label: 'Switch between light and dark', icon: SunMoon, does: 'theme' },
  { label: 'List the keys', icon: Keyboard, keys: '?', does: 'keys' },
];

/** What can be done from anywhere. */
export function paletteActions(isSignedIn: boolean): readonly PaletteAction[] {
  if (!isSignedIn) return [...forVisitors, ...forAll];
  return [...forMembers, ...forAll, { label: 'Sign out', icon: LogOut, does: 'sign-out' }];
}
