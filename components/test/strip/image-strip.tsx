'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { FolderOpen, ImagePlus, Link2, Play, Trash2 } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useFilePickers } from '@/components/test/intake/file-pickers';
import { useTest, useTestActions } from '@/components/test/session/session-context';
import { QueueProgress } from '@/components/test/strip/queue-progress';
import { Thumbnail } from '@/components/test/strip/thumbnail';
import { Button } from '@/components/ui/button';
import { showToast } from '@/components/ui/toasts';

const thumbnailWidth = 92;

/** All images of this visit, in a row: what was found on each, what is running, what is broken. */
export function ImageStrip({ onUrl }: { readonly onUrl: () => void }) {
  const actions = useTestActions();
  const { pickImages, pickFolder } = useFilePickers();
  const images = useTest((state) => state.images);
  const selectedId = useTest((state) => state.selectedImageId);
  const canResume = useTest(
    (state) => state.batch === null && state.images.some(({ run }) => run.status === 'stopped'),
  );
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    horizontal: true,
    count: images.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => thumbnailWidth,
    overscan: 6,
  });
  const selectedAt = images.findIndex(({ id }) => id === selectedId);

  // Brings the selected thumbnail into view, wherever it was selected; scrolling is the outside system.
  useEffect(() => {
    if (selectedAt >= 0) virtual.scrollToIndex(selectedAt);
  }, [selectedAt, virtual]);

  function removeAll(): void {
    const removed = actions.removeAllImages();
    showToast({
      text: `${removed.length} images were removed`,
      actionLabel: 'Undo',
      onAction: () => actions.restoreImages(removed),
      onExpire: () => removed.forEach(actions.forgetImage),
    });
  }

  return (
    <section aria-label="Strip" className="flex min-h-0 flex-col">
      <div className="flex h-8 shrink-0 items-center gap-1 border-b pr-2 pl-3 touch:h-12">
        <h2 className="mr-1 font-semibold text-strong text-xs">Images</h2>
        {images.length > 0 && <span className="mr-1 text-2xs text-muted">{images.length}</span>}
        <Button variant="ghost" size="small" onClick={pickImages}>
          <ImagePlus size={14} aria-hidden />
          Add
        </Button>
        <Button
          variant="ghost"
          size="icon-small"
          aria-label="Add a folder"
          data-tip="Add a folder of images"
          onClick={pickFolder}
        >
          <FolderOpen size={14} aria-hidden />
        </Button>
        <Button
          variant="ghost"
          size="icon-small"
          aria-label="Add from a URL"
          data-tip="Add an image from a URL"
          onClick={onUrl}
        >
          <Link2 size={14} aria-hidden />
        </Button>
        <div className="ml-auto flex min-w-0 items-center gap-1">
          <QueueProgress />
          {canResume && (
            <Button variant="ghost" size="small" onClick={actions.resumeQueue}>
              <Play size={13} aria-hidden />
              Run the rest
            </Button>
          )}
          {images.length > 1 && (
            <Button
              variant="ghost"
              size="icon-small"
              aria-label="Remove all"
              data-tip="Remove all images"
              onClick={removeAll}
            >
              <Trash2 size={14} aria-hidden />
            </Button>
          )}
        </div>
      </div>
      {images.length > 0 && (
        <div ref={scroller} className="h-[88px] shrink-0 overflow-x-auto overflow-y-hidden px-2">
          <ul className="relative h-full" style={{ width: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map(({ index, start, size }) => {
              const image = images[index];
              if (!image) return null;
              return (
                <li
                  key={image.id}
                  className="absolute inset-y-0 flex items-center"
                  style={{ transform: `translateX(${start}px)`, width: size }}
                >
                  <Thumbnail image={image} isSelected={image.id === selectedId} />
                </li>
              );
            })}
          </ul>
        </div>
      )}
    </section>
  );
}
