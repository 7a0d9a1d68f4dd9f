'use client';

import { Check, CircleAlert, FolderOpen, ImagePlus, Trash2, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useDiscardDraft } from '@/components/train/draft/use-discard-draft';
import { useTrainPickers } from '@/components/train/intake/train-pickers';
import { useTrain, useTrainActions } from '@/components/train/session/session-context';
import { isBusy, labelledImages, type TrainImage } from '@/components/train/session/train-state';
import { SaveLabelsButton } from '@/components/train/strip/save-labels-button';
import { Button } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { showToast } from '@/components/ui/toasts';

/** All pictures in a row: which of them are labelled, and which is looked at. */
export function TrainStrip() {
  const { pickImages, pickFolder } = useTrainPickers();
  const images = useTrain((state) => state.images);
  const labelled = useTrain((state) => labelledImages(state).length);
  const selectedId = useTrain((state) => state.selectedImageId);
  const list = useRef<HTMLUListElement>(null);

  // Brings the selected thumbnail into view, wherever it was selected; scrolling is the outside system.
  useEffect(() => {
    if (selectedId === null) return;
    list.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [selectedId]);

  return (
    <section aria-label="Pictures" className="flex min-h-0 flex-col">
      <div className="flex h-8 shrink-0 items-center gap-1 overflow-x-auto border-b pr-2 pl-3 touch:h-12">
        <h2 className="mr-1 font-semibold text-strong text-xs">Pictures</h2>
        {images.length > 0 && (
          <span className="mr-1 shrink-0 text-2xs text-muted">
            {labelled} of {images.length} labelled
          </span>
        )}
        <Button variant="ghost" size="small" onClick={pickImages}>
          <ImagePlus size={14} aria-hidden />
          Add
        </Button>
        <Button
          variant="ghost"
          size="icon-small"
          aria-label="Add a folder"
          data-tip="Add a folder of pictures and labels"
          onClick={pickFolder}
        >
          <FolderOpen size={14} aria-hidden />
        </Button>
        {labelled > 0 && <SaveLabelsButton />}
        {images.length > 0 && <DraftTools />}
      </div>
      <DraftProblems />
      {images.length > 0 && (
        <ul ref={list} className="flex h-[88px] shrink-0 items-center gap-1.5 overflow-x-auto overflow-y-hidden px-2">
          {images.map((image) => (
            <Thumbnail key={image.id} image={image} isSelected={image.id === selectedId} />
          ))}
        </ul>
      )}
    </section>
  );
}

/** What is on the page is a draft that the next visit finds, unless it is discarded. */
function DraftTools() {
  const isLocked = useTrain(isBusy);
  const isOffered = useTrain((state) => state.draft.offer !== null);
  const isKept = useTrain((state) => state.draft.isKept);
  const discard = useDiscardDraft();
  return (
    <>
      {!isOffered && (
        <Button
          variant="ghost"
          size="icon-small"
          aria-label="Discard draft"
          data-tip="Remove all pictures and labels, also from what is kept on this machine"
          disabled={isLocked}
          onClick={discard}
        >
          <Trash2 size={14} aria-hidden />
        </Button>
      )}
      {isKept && <span className="ml-auto truncate text-2xs text-muted max-sm:sr-only">Kept on this machine</span>}
    </>
  );
}

function DraftProblems() {
  const problem = useTrain((state) => state.draft.problem);
  const loss = useTrain((state) => state.draft.loss);
  return [loss, problem].map(
    (text) =>
      text && (
        <p key={text} role="status" className="border-b px-3 py-1 text-2xs text-warn">
          {text}
        </p>
      ),
  );
}

function Thumbnail({ image, isSelected }: { readonly image: TrainImage; readonly isSelected: boolean }) {
  const { selectImage, removeImage } = useTrainActions();
  const labels = useTrain((state) => state.history.present.labels.get(image.id));
  const className = useTrain((state) =>
    labels?.classId == null ? null : (state.history.present.names[labels.classId] ?? null),
  );
  const mark = className ?? (labels ? String(labels.objects.length) : null);

  function remove(): void {
    const restore = removeImage(image.id);
    if (!restore) return;
    showToast({
      text: `${image.name} was removed`,
      actionLabel: 'Undo',
      onAction: restore,
      onExpire: () => undefined,
    });
  }

  return (
    <li className="group relative shrink-0">
      <button
        type="button"
        aria-label={`${image.name}, ${stateWords(image, mark, className !== null)}`}
        aria-current={isSelected ? 'true' : undefined}
        data-tip={image.fault ? `${image.name}\n${image.fault.found}` : image.name}
        onClick={() => selectImage(image.id)}
        className={classNames(
          'relative grid h-[68px] w-[86px] place-items-center overflow-hidden rounded-control bg-canvas outline-offset-2',
          isSelected ? 'ring-2 ring-accent' : 'ring-1 ring-line hover:ring-line-strong',
          image.fault && 'ring-bad',
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
        <Mark image={image} mark={mark} />
      </button>
      <button
        type="button"
        aria-label={`Remove ${image.name}`}
        onClick={remove}
        className="absolute top-0.5 right-0.5 grid size-6 place-items-center rounded-chip bg-[oklch(0.15_0.005_260/0.85)] text-canvas-text opacity-0 focus-visible:opacity-100 group-hover:opacity-100 touch:opacity-100"
      >
        <X size={12} aria-hidden />
      </button>
    </li>
  );
}

function Mark({ image, mark }: { readonly image: TrainImage; readonly mark: string | null }) {
  const look =
    'absolute right-1 bottom-1 flex h-4 max-w-[78px] items-center gap-0.5 truncate rounded-chip bg-[oklch(0.15_0.005_260/0.85)] px-1 text-2xs text-canvas-text';
  if (image.fault) {
    return (
      <span className={look}>
        <CircleAlert size={11} aria-hidden className="text-[oklch(0.73_0.16_26)]" />
        Error
      </span>
    );
  }
  if (mark === null) return null;
  return (
    <span className={look}>
      <Check size={11} aria-hidden className="text-[oklch(0.76_0.15_152)]" />
      {mark}
    </span>
  );
}

function stateWords(image: TrainImage, mark: string | null, isClass: boolean): string {
  if (image.fault) return `error: ${image.fault.found}`;
  if (mark === null) return 'not labelled';
  if (isClass) return `labelled ${mark}`;
  return mark === '1' ? '1 label' : `${mark} labels`;
}
