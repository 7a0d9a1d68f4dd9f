'use client';

import { X } from 'lucide-react';
import { PanelHeading } from '@/components/test/panels/panel-heading';
import { useTrain, useTrainActions } from '@/components/train/session/session-context';
import { Button } from '@/components/ui/button';
import { ScrollBox } from '@/components/ui/scroll-box';

/** Nobody reads more at a time. */
const mostShown = 200;

/** What was skipped in dropped files, by file and line. */
export function ProblemsSection() {
  const problems = useTrain((state) => state.problems);
  const { clearProblems } = useTrainActions();
  if (problems.length === 0) return null;
  return (
    <section aria-label="Problems" className="border-t">
      <PanelHeading title="Problems" note={problems.length}>
        <Button variant="ghost" size="icon-small" aria-label="Dismiss the problems" onClick={clearProblems}>
          <X size={14} aria-hidden />
        </Button>
      </PanelHeading>
      <ScrollBox label="Problems found in files" className="max-h-48 overflow-y-auto px-3 pb-3">
        <ul className="grid gap-1.5 text-2xs">
          {problems.slice(0, mostShown).map(({ file, line, found }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: problems are only ever added at the end
            <li key={index} className="grid">
              <span className="break-all font-medium text-strong">
                {line === null ? file : `${file}, line ${line}`}
              </span>
              <span className="text-muted">{found}</span>
            </li>
          ))}
        </ul>
      </ScrollBox>
    </section>
  );
}
