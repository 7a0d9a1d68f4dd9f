'use client';

import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useFilePickers } from '@/components/test/intake/file-pickers';
import { useTest, useTestActions } from '@/components/test/session/session-context';
import { Button } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { FaultNote } from '@/components/ui/fault-note';

/** What stands in the way of the picture, on the stage where it would be, with the way on. */
export function StageFault() {
  const actions = useTestActions();
  const { pickImages, pickVideo } = useFilePickers();
  const live = useTest((state) => state.live);
  const inputFault = useTest((state) => state.inputFault);
  const notice = useTest((state) => state.notice);
  const image = useTest((state) => state.images.find(({ id }) => id === state.selectedImageId));
  const isImageShown = live.kind === 'off' && image?.run.status === 'failed';
  if (live.kind !== 'failed' && !inputFault && !notice && !isImageShown) return null;
  return (
    <div
      className={classNames(
        'pointer-events-none absolute inset-3 grid justify-items-center gap-2 overflow-y-auto',
        isImageShown ? 'content-center' : 'content-end',
      )}
    >
      {live.kind === 'failed' && (
        <Floating>
          <FaultNote
            {...live.fault}
            found={live.source === 'video' ? `${live.name}: ${live.fault.found}` : live.fault.found}
          >
            {live.source === 'video' ? (
              <Button size="small" onClick={pickVideo}>
                Choose another video
              </Button>
            ) : (
              <Button size="small" onClick={() => void actions.openCamera({ kind: 'facing', facing: 'environment' })}>
                Try again
              </Button>
            )}
            <Button size="small" variant="ghost" onClick={actions.closeLive}>
              Back to images
            </Button>
          </FaultNote>
        </Floating>
      )}
      {isImageShown && image?.run.status === 'failed' && (
        <Floating>
          <FaultNote {...image.run.fault} found={`${image.name}: ${image.run.fault.found}`}>
            <Button size="small" onClick={pickImages}>
              Choose another image
            </Button>
            <Button size="small" variant="ghost" onClick={() => actions.retryImage(image.id)}>
              Try again
            </Button>
            <Button size="small" variant="ghost" onClick={() => actions.removeImage(image.id)}>
              Remove it
            </Button>
          </FaultNote>
        </Floating>
      )}
      {inputFault && (
        <Floating onClose={() => actions.reportInput(null)}>
          <FaultNote {...inputFault} />
        </Floating>
      )}
      {notice && (
        <Floating onClose={() => actions.setView({ notice: null })}>
          <FaultNote {...notice} />
        </Floating>
      )}
    </div>
  );
}

function Floating({ children, onClose }: { readonly children: ReactNode; readonly onClose?: () => void }) {
  return (
    <div className="pointer-events-auto flex w-full max-w-[520px] items-start rounded-panel bg-overlay p-1 shadow-float">
      <div className="min-w-0 flex-1">{children}</div>
      {onClose && (
        <Button variant="ghost" size="icon-small" aria-label="Dismiss" onClick={onClose}>
          <X size={14} aria-hidden />
        </Button>
      )}
    </div>
  );
}
