'use client';

import { CircleAlert, Pause } from 'lucide-react';
import { memo } from 'react';
import { useTestActions } from '@/components/test/session/session-context';
import type { ImageEntry } from '@/components/test/session/test-state';
import { classNames } from '@/components/ui/class-names';

type ThumbnailProps = { readonly image: ImageEntry; readonly isSelected: boolean };

/** One image of the strip. Its corner tells how many detections it has, that it runs, or that it is broken. */
export const Thumbnail = memo(function Thumbnail({ image, isSelected }: ThumbnailProps) {
  const { selectImage } = useTestActions();
  const { run } = image;
  const tip =
    run.status === 'failed' ? `${image.name}\n${run.fault.found}` : `${image.name}\n${image.summary?.text ?? ''}`;
  return (
    <button
      type="button"
      aria-label={nameAndState(image)}
      aria-current={isSelected ? 'true' : undefined}
      data-tip={tip.trim()}
      onClick={() => selectImage(image.id)}
      className={classNames(
        'relative grid h-[68px] w-[86px] place-items-center overflow-hidden rounded-control bg-canvas outline-offset-2',
        isSelected ? 'ring-2 ring-accent' : 'ring-1 ring-line hover:ring-line-strong',
        run.status === 'failed' && 'ring-bad',
      )}
    >
      {image.thumbnailUrl ? (
        <span
          aria-hidden
          className="size-full bg-center bg-cover"
          style={{ backgroundImage: `url("${image.thumbnailUrl}")` }}
        />
      ) : (
        <span className="w-full truncate px-1.5 text-center text-2xs text-canvas-muted">{image.name}</span>
      )}
      <Corner image={image} />
    </button>
  );
});

function Corner({ image }: { readonly image: ImageEntry }) {
  const { run, summary } = image;
  const look =
    'absolute right-1 bottom-1 flex h-4 max-w-[78px] items-center truncate rounded-chip bg-[oklch(0.15_0.005_260/0.85)] px-1 text-2xs text-canvas-text';
  if (run.status === 'running') {
    return <span aria-hidden className="absolute inset-x-0 bottom-0 h-0.5 animate-pulse bg-accent" />;
  }
  if (run.status === 'failed') {
    return (
      <span className={classNames(look, 'gap-1')}>
        <CircleAlert size={11} aria-hidden className="text-[oklch(0.73_0.16_26)]" />
        Error
      </span>
    );
  }
  if (run.status === 'stopped') {
    return (
      <span className={look}>
        <Pause size={10} aria-hidden />
      </span>
    );
  }
  if (run.status === 'done' && summary) return <span className={look}>{summary.short}</span>;
  return null;
}

function nameAndState({ name, run, summary }: ImageEntry): string {
  switch (run.status) {
    case 'idle':
      return name;
    case 'waiting':
      return `${name}, waiting`;
    case 'running':
      return `${name}, running`;
    case 'stopped':
      return `${name}, stopped`;
    case 'failed':
      return `${name}, error: ${run.fault.found}`;
    case 'done':
      return `${name}, ${summary?.text ?? 'done'}`;
  }
}
