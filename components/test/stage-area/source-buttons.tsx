'use client';

import { Camera, Clapperboard, SwitchCamera, X } from 'lucide-react';
import { useFilePickers } from '@/components/test/intake/file-pickers';
import { useTest, useTestActions } from '@/components/test/session/session-context';
import { Button } from '@/components/ui/button';

/** Opens a video or the camera, and leaves them again. */
export function SourceButtons() {
  const actions = useTestActions();
  const { pickVideo } = useFilePickers();
  const live = useTest((state) => state.live);
  if (live.kind !== 'off') {
    const isCamera = live.kind === 'camera';
    return (
      <>
        <span className="min-w-0 truncate px-1 text-muted text-xs max-sm:hidden">{live.name}</span>
        {isCamera && live.framesPerSecond !== null && (
          <span className="whitespace-nowrap px-1 text-strong text-xs">{live.framesPerSecond.toFixed(1)} fps</span>
        )}
        {isCamera && (
          <>
            <Button variant="ghost" size="small" onClick={() => void actions.keepFrame()}>
              Keep frame
            </Button>
            <Button
              variant="ghost"
              size="icon"
              aria-label="Use the other camera"
              data-tip="Front or back camera"
              onClick={() => void actions.switchCamera()}
            >
              <SwitchCamera size={15} aria-hidden />
            </Button>
          </>
        )}
        <Button variant="ghost" size="small" onClick={actions.closeLive}>
          <X size={14} aria-hidden />
          Back to images
        </Button>
      </>
    );
  }
  return (
    <>
      <Button variant="ghost" size="small" data-tip="Open a video file" onClick={pickVideo}>
        <Clapperboard size={14} aria-hidden />
        <span className="max-sm:sr-only">Video</span>
      </Button>
      <Button
        variant="ghost"
        size="small"
        data-tip="Run on the camera, live"
        onClick={() => void actions.openCamera({ kind: 'facing', facing: 'environment' })}
      >
        <Camera size={14} aria-hidden />
        <span className="max-sm:sr-only">Camera</span>
      </Button>
    </>
  );
}
