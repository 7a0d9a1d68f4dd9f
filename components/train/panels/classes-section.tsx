'use client';

import { Plus, X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { PanelHeading } from '@/components/test/panels/panel-heading';
import { ClassName } from '@/components/train/panels/class-name';
import { useTrain, useTrainActions } from '@/components/train/session/session-context';
import { isBusy, taskOf } from '@/components/train/session/train-state';
import { Button } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { Kbd } from '@/components/ui/kbd';
import { classColour } from '@/lib/engines/overlay/class-colour';

/** Classes with a key of their own. */
const keyedClasses = 9;

/** The classes: chosen for what is drawn, named, added and removed. */
export function ClassesSection() {
  const names = useTrain((state) => state.history.present.names);
  const drawnClass = useTrain((state) => state.drawnClass);
  const isLocked = useTrain(isBusy);
  const task = useTrain(taskOf);
  const actions = useTrainActions();
  const [draft, setDraft] = useState('');

  function add(event: FormEvent): void {
    event.preventDefault();
    actions.addClass(draft);
    setDraft('');
  }

  return (
    <section aria-label="Classes" className="border-t">
      <PanelHeading title="Classes" note={names.length > 0 ? names.length : undefined}>
        {names.length > 1 && !isLocked && (
          <Button
            variant="ghost"
            size="small"
            data-tip="Drops all names, and labels with them"
            onClick={actions.clearClasses}
          >
            Clear all
          </Button>
        )}
      </PanelHeading>
      <div className="grid gap-1 px-2 pb-2">
        {names.length === 0 && (
          <p className="px-1 text-2xs text-muted">Name what the model is to know, such as “bolt” or “scratch”.</p>
        )}
        <ul className="max-h-56 overflow-y-auto">
          {names.map((name, classId) => (
            <ClassRow
              // biome-ignore lint/suspicious/noArrayIndexKey: a class is its number; its name changes while it is typed
              key={classId}
              classId={classId}
              name={name}
              isChosen={task !== 'classify' && classId === drawnClass}
              isLocked={isLocked}
            />
          ))}
        </ul>
        {!isLocked && (
          <form onSubmit={add} className="flex gap-1 px-1">
            <input
              type="text"
              aria-label="Name of a new class"
              placeholder="New class"
              value={draft}
              maxLength={80}
              onChange={(event) => setDraft(event.currentTarget.value)}
              className="h-7 min-w-0 flex-1 rounded-control border border-line-strong bg-raised px-2 text-strong text-xs placeholder:text-muted touch:h-11"
            />
            <Button type="submit" size="icon" aria-label="Add the class" data-tip="Add the class">
              <Plus size={14} aria-hidden />
            </Button>
          </form>
        )}
      </div>
    </section>
  );
}

type ClassRowProps = {
  readonly classId: number;
  readonly name: string;
  readonly isChosen: boolean;
  readonly isLocked: boolean;
};

function ClassRow({ classId, name, isChosen, isLocked }: ClassRowProps) {
  const { chooseClass, renameClass, removeClass } = useTrainActions();
  return (
    <li
      className={classNames(
        'group flex min-h-7 items-center gap-1 rounded-control pr-1',
        isChosen ? 'bg-accent-soft' : 'hover:bg-hover',
      )}
    >
      <button
        type="button"
        aria-pressed={isChosen}
        aria-label={`Use ${name}`}
        data-tip="Draw boxes of this class; the selected box becomes one"
        onClick={() => chooseClass(classId)}
        className="flex h-7 shrink-0 items-center gap-2 rounded-control pl-2 touch:h-11"
      >
        <span aria-hidden className="size-3 rounded-[3px]" style={{ background: classColour(classId).css }} />
        {classId < keyedClasses && <Kbd>{classId + 1}</Kbd>}
      </button>
      <span className="min-w-0 flex-1 text-strong text-xs">
        {isLocked ? (
          <span className="block truncate px-1">{name}</span>
        ) : (
          <ClassName name={name} onRename={(next) => renameClass(classId, next)} />
        )}
      </span>
      {!isLocked && (
        <Button
          variant="ghost"
          size="icon-small"
          aria-label={`Remove the class ${name}`}
          data-tip="Remove the class and its labels"
          onClick={() => removeClass(classId)}
          className="opacity-0 focus-visible:opacity-100 group-hover:opacity-100 touch:opacity-100"
        >
          <X size={13} aria-hidden />
        </Button>
      )}
    </li>
  );
}
