'use client';

import { BoxSelect, Image, type LucideIcon, RotateCwSquare, Shapes, X } from 'lucide-react';
import { demoScenes } from '@/components/test/demo/demo-scenes';
import { useDemo } from '@/components/test/demo/use-demo';
import { Button } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import type { Task } from '@/lib/core/task';

const icons: Partial<Record<Task, LucideIcon>> = {
  detect: BoxSelect,
  segment: Shapes,
  obb: RotateCwSquare,
  classify: Image,
};

/** What tasks look like, one click each, and the plain word what these models can do. */
export function DemoList() {
  const { shown, show, hide } = useDemo();
  return (
    <section aria-label="Demo models" className="grid gap-1 border-t px-2 pt-2 pb-3">
      <div className="flex min-h-7 items-center justify-between px-1">
        <h3 className="font-medium text-muted text-xs">Demo</h3>
        {shown && (
          <Button
            variant="ghost"
            size="icon-small"
            aria-label="Put the demo away"
            data-tip="Put the demo away"
            onClick={hide}
          >
            <X size={14} aria-hidden />
          </Button>
        )}
      </div>
      <ul className="grid grid-cols-2 gap-1">
        {demoScenes.map((scene) => {
          const Icon = icons[scene.task] ?? BoxSelect;
          const isShown = shown?.task === scene.task;
          return (
            <li key={scene.task}>
              <button
                type="button"
                aria-pressed={isShown}
                onClick={() => show(scene)}
                className={classNames(
                  'flex h-8 w-full items-center gap-2 rounded-control px-2 text-left text-xs touch:h-11',
                  isShown ? 'bg-accent-soft font-medium text-strong' : 'text-body hover:bg-hover',
                )}
              >
                <Icon size={14} aria-hidden className="shrink-0 text-muted" />
                <span className="truncate">{scene.label}</span>
              </button>
            </li>
          );
        })}
      </ul>
      <p className="px-1 text-2xs text-muted">
        Small models made by this program’s own trainer. They know drawn scenes only: for photographs drop a model of
        your own, or take official weights.
      </p>
    </section>
  );
}
