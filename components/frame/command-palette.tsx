'use client';

import { Command } from 'cmdk';
import { useRouter } from 'next/navigation';
import { useTheme } from 'next-themes';
import { type ReactNode, useState } from 'react';
import { destinationsFor } from '@/components/frame/destinations';
import { useFrameSession } from '@/components/frame/frame-context';
import { showOverlay } from '@/components/frame/frame-store';
import { type PaletteAction, paletteActions } from '@/components/frame/palette-actions';
import { PaletteFinds } from '@/components/frame/palette-finds';
import { PaletteHeading } from '@/components/frame/palette-heading';
import { PaletteItem } from '@/components/frame/palette-item';
import { signOutAndLeave } from '@/components/frame/sign-out';
import { useModal } from '@/components/ui/use-modal';

/** Every page, project, model and action, by a few letters of its name. */
export function CommandPalette({ onClose }: { readonly onClose: () => void }) {
  const [search, setSearch] = useState('');
  const session = useFrameSession();
  const router = useRouter();
  const { resolvedTheme, setTheme } = useTheme();

  function go(href: string): void {
    onClose();
    router.push(href);
  }
  function act(action: PaletteAction): void {
    if (action.does === 'keys') {
      showOverlay('keys');
      return;
    }
    onClose();
    if (action.does === 'go') router.push(action.href);
    if (action.does === 'theme') setTheme(resolvedTheme === 'dark' ? 'light' : 'dark');
    if (action.does === 'sign-out') signOutAndLeave();
  }

  return (
    <PaletteDialog onClose={onClose}>
      <Command label="Search" loop className="flex min-h-0 flex-col">
        <Command.Input
          autoFocus
          value={search}
          onValueChange={setSearch}
          placeholder={session === null ? 'Search pages and actions' : 'Search pages, projects, models and actions'}
          className="h-12 shrink-0 border-b bg-transparent px-4 text-md text-strong outline-none placeholder:text-muted"
        />
        <Command.List className="min-h-0 flex-1 overflow-y-auto p-1.5">
          <Command.Empty className="px-3 py-8 text-center text-muted">
            Nothing is called that. Try fewer letters.
          </Command.Empty>
          {session !== null && <PaletteFinds search={search} onGo={go} />}
          <Command.Group heading={<PaletteHeading>Go to</PaletteHeading>}>
            {destinationsFor(session).map(({ href, label, icon, letter }) => (
              <PaletteItem
                key={href}
                value={`page ${label}`}
                icon={icon}
                keys={`G ${letter.toUpperCase()}`}
                onSelect={() => go(href)}
              >
                {label}
              </PaletteItem>
            ))}
          </Command.Group>
          <Command.Group heading={<PaletteHeading>Actions</PaletteHeading>}>
            {paletteActions(session !== null).map((action) => (
              <PaletteItem
                key={action.label}
                value={`action ${action.label}`}
                icon={action.icon}
                keys={action.keys}
                onSelect={() => act(action)}
              >
                {action.label}
              </PaletteItem>
            ))}
          </Command.Group>
        </Command.List>
      </Command>
    </PaletteDialog>
  );
}

function PaletteDialog({ onClose, children }: { readonly onClose: () => void; readonly children: ReactNode }) {
  const modal = useModal(onClose);

  return (
    <dialog
      {...modal}
      aria-label="Search"
      className="mx-auto mt-[min(12dvh,96px)] mb-0 max-h-[min(460px,calc(100dvh-48px))] w-[min(580px,calc(100vw-24px))] flex-col overflow-hidden rounded-panel border-0 bg-overlay p-0 text-body shadow-float backdrop:bg-[oklch(0_0_0/0.35)] open:flex"
    >
      {children}
    </dialog>
  );
}
