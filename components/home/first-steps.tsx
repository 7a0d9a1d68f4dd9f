'use client';

import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { currentStep, type NextStep, type StepId } from '@/components/home/next-steps';
import { classNames } from '@/components/ui/class-names';
import { Section } from '@/components/ui/section';

type FirstStepsProps = {
  readonly steps: readonly NextStep[];
  /** What does each step, shown at the one whose turn it is. */
  readonly actions: Readonly<Record<StepId, ReactNode>>;
};

/** What to do next, until it is all done; then it is gone. */
export function FirstSteps({ steps, actions }: FirstStepsProps) {
  const current = currentStep(steps);
  if (current === null) return null;
  const done = steps.filter(({ isDone }) => isDone).length;
  return (
    <Section title="First steps" note={`${done} of ${steps.length} done`}>
      <ol className="grid gap-px bg-line sm:grid-cols-2 xl:grid-cols-4">
        {steps.map(({ id, title, text, isDone }, index) => (
          <li
            key={id}
            aria-current={id === current ? 'step' : undefined}
            className={classNames('grid content-start gap-2 p-4', id === current ? 'bg-raised' : 'bg-base')}
          >
            <h3 className="flex items-center gap-2 font-medium text-sm text-strong">
              <span
                className={classNames(
                  'grid size-5 shrink-0 place-items-center rounded-full border text-2xs',
                  isDone ? 'border-good text-good' : id === current ? 'border-accent text-accent-text' : 'text-muted',
                )}
              >
                {isDone ? <Check size={12} aria-hidden /> : index + 1}
              </span>
              {title}
              {isDone && <span className="sr-only">, done</span>}
            </h3>
            <p className="text-muted text-xs">{text}</p>
            {id === current && <div className="mt-1 justify-self-start">{actions[id]}</div>}
          </li>
        ))}
      </ol>
    </Section>
  );
}
