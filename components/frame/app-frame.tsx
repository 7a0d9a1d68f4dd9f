import type { ReactNode } from 'react';
import { FrameProvider, type FrameSession } from '@/components/frame/frame-context';
import { FrameOverlays } from '@/components/frame/frame-overlays';
import { Rail } from '@/components/frame/rail';
import type { RailWidth } from '@/components/frame/rail-memory';

type AppFrameProps = {
  readonly session: FrameSession | null;
  readonly railWidth: RailWidth;
  readonly children: ReactNode;
};

/** Rail and content. Pages bring their own header, because its actions are theirs. */
export function AppFrame({ session, railWidth, children }: AppFrameProps) {
  return (
    <FrameProvider session={session}>
      <div className="flex h-dvh">
        <Rail initial={railWidth} />
        <div className="flex min-w-0 flex-1 flex-col">{children}</div>
      </div>
      <FrameOverlays />
    </FrameProvider>
  );
}
