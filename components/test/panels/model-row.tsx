'use client';

import { ChevronDown, CircleAlert, Columns2, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { CheckpointFindings } from '@/components/test/panels/checkpoint-findings';
import { ConversionBar, conversionWords } from '@/components/test/panels/conversion-progress';
import { ModelFactsList } from '@/components/test/panels/model-facts-list';
import { ModelFileButtons } from '@/components/test/panels/model-file-buttons';
import { ReadingChooser } from '@/components/test/panels/reading-chooser';
import { useTest, useTestActions } from '@/components/test/session/session-context';
import { type ModelEntry, readingOf } from '@/components/test/session/test-state';
import { Button } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { FaultNote } from '@/components/ui/fault-note';
import { formatBytes } from '@/components/ui/format';
import { showToast } from '@/components/ui/toasts';

/** One model: choosing it runs it; beneath it stand its facts, its question, or what is wrong with it. */
export function ModelRow({ model }: { readonly model: ModelEntry }) {
  const actions = useTestActions();
  const isActive = useTest((state) => state.activeModelKey === model.key);
  const isCompared = useTest((state) => state.compareModelKey === model.key);
  const canCompare = useTest((state) => state.activeModelKey !== null) && !isActive;
  const { content } = model;
  const ready = content.status === 'ready' ? content : null;
  const report = 'report' in content ? content.report : null;
  // What was found in a checkpoint stands open from the moment it is known, until another model is used.
  const [chosenOpen, setOpen] = useState<boolean | null>(null);
  const isOpen = ready ? (chosenOpen ?? (report !== null && isActive)) : report !== null;

  const row = useRef<HTMLLIElement>(null);
  const isRefused = content.status === 'refused';

  // Scrolls the panel to a refusal, which may stand below the facts of another model; nothing is to be undone.
  useEffect(() => {
    if (isRefused) row.current?.scrollIntoView({ block: 'nearest' });
  }, [isRefused]);

  function remove(): void {
    const removed = actions.removeModel(model.key);
    if (!removed) return;
    showToast({
      text: `${model.name} was removed`,
      actionLabel: 'Undo',
      onAction: () => actions.restoreModel(removed),
      onExpire: () => actions.forgetModel(removed),
    });
  }

  return (
    <li ref={row} className={classNames('group rounded-control', isActive && 'bg-accent-soft')}>
      <div className={classNames('flex items-center rounded-control pr-1', !isActive && 'hover:bg-hover')}>
        <button
          type="button"
          aria-pressed={isActive}
          onClick={() => actions.chooseModel(model.key)}
          className="flex min-h-10 min-w-0 flex-1 items-center gap-2 rounded-control py-1 pl-2 text-left touch:min-h-12"
        >
          <StatusDot model={model} isActive={isActive} isCompared={isCompared} />
          <span className="grid min-w-0">
            <span className="truncate font-medium text-strong text-xs" title={model.name}>
              {model.name}
            </span>
            <span className="truncate text-2xs text-muted">
              {isCompared ? `compared · ${factsLine(model)}` : factsLine(model)}
            </span>
          </span>
        </button>
        <div className="flex w-0 overflow-hidden focus-within:w-auto group-hover:w-auto touch:w-auto">
          {ready && canCompare && (
            <Button
              variant="ghost"
              size="icon-small"
              aria-label={`Compare with ${model.name}`}
              aria-pressed={isCompared}
              data-tip="Compare with the model in use"
              onClick={() => actions.compareWith(isCompared ? null : model.key)}
            >
              <Columns2 size={14} aria-hidden />
            </Button>
          )}
          <Button
            variant="ghost"
            size="icon-small"
            aria-label={`Remove ${model.name}`}
            data-tip="Remove"
            onClick={remove}
          >
            <Trash2 size={14} aria-hidden />
          </Button>
        </div>
        {ready && (
          <Button
            variant="ghost"
            size="icon-small"
            aria-label={`Facts about ${model.name}`}
            aria-expanded={isOpen}
            data-tip="Facts"
            onClick={() => setOpen(!isOpen)}
          >
            <ChevronDown size={14} aria-hidden className={classNames('transition-transform', isOpen && 'rotate-180')} />
          </Button>
        )}
      </div>
      {content.status === 'reading' && content.progress && <ConversionBar progress={content.progress} />}
      {content.status === 'refused' && <FaultNote {...content.fault} className="m-1 mt-0.5" />}
      {isOpen && report && <CheckpointFindings report={report} />}
      {isOpen && <ModelFileButtons model={model} />}
      {isOpen && ready && <ModelFactsList model={ready} />}
      {ready && !ready.settled && isActive && <ReadingChooser modelKey={model.key} model={ready} />}
      {ready?.fault && (
        <FaultNote {...ready.fault} className="m-1 mt-0.5">
          <Button size="small" onClick={actions.tryModelAgain}>
            Try again
          </Button>
        </FaultNote>
      )}
    </li>
  );
}

type StatusDotProps = { readonly model: ModelEntry; readonly isActive: boolean; readonly isCompared: boolean };

function StatusDot({ model, isActive, isCompared }: StatusDotProps) {
  const { content } = model;
  if (content.status === 'refused' || (content.status === 'ready' && content.fault)) {
    return <CircleAlert size={12} className="shrink-0 text-bad" aria-label="Error" />;
  }
  return (
    <span
      aria-hidden
      className={classNames(
        'm-0.5 size-2 shrink-0 rounded-full border',
        isActive ? 'border-accent bg-accent' : isCompared ? 'border-accent' : 'border-line-strong',
        content.status === 'reading' && 'animate-pulse',
      )}
    />
  );
}

function factsLine(model: ModelEntry): string {
  const size = formatBytes(model.sizeBytes);
  switch (model.content.status) {
    case 'stored':
      return `Remembered · ${size}`;
    case 'reading':
      return model.content.progress ? conversionWords(model.content.progress) : `Reading ${size}…`;
    case 'refused':
      return size;
    case 'ready': {
      const { spec } = readingOf(model.content);
      return `${spec.task} · ${spec.names.length} · ${model.content.identity.facts.precision} · ${size}`;
    }
  }
}
