'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { PanelHeading } from '@/components/test/panels/panel-heading';
import { useTest, useTestActions } from '@/components/test/session/session-context';
import { nameOf } from '@/components/test/session/summarise-result';
import { classNames } from '@/components/ui/class-names';
import { useRowHeight } from '@/components/ui/use-row-height';
import { classColour } from '@/lib/engines/overlay/class-colour';
import type { Detection, DetectionTask } from '@/lib/engines/vision/vision-result';

type PredictionListProps = {
  readonly detections: readonly Detection[];
  readonly names: readonly string[];
  readonly task: DetectionTask;
};

/** Every detection, best first. Pointing at a row lights it on the image, and the other way round; arrow keys walk through. */
export function PredictionList({ detections, names, task }: PredictionListProps) {
  const { setView } = useTestActions();
  const selected = useTest((state) => state.selectedDetection);
  const scroller = useRef<HTMLDivElement>(null);
  const rowHeight = useRowHeight();
  const selectedRow = detections.findIndex(({ index }) => index === selected);
  const virtual = useVirtualizer({
    count: detections.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });

  // Brings the selected row into view, wherever it was selected; scrolling is the outside system.
  useEffect(() => {
    if (selectedRow >= 0) virtual.scrollToIndex(selectedRow);
  }, [selectedRow, virtual]);

  function onKeyDown(event: KeyboardEvent): void {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0 || detections.length === 0) return;
    event.preventDefault();
    event.stopPropagation();
    const next = Math.min(detections.length - 1, Math.max(0, selectedRow + step));
    setView({ selectedDetection: detections[next]?.index ?? null });
  }

  return (
    <section aria-label="Predictions" className="flex min-h-0 flex-1 flex-col">
      <PanelHeading title="Predictions" note={detections.length} />
      {detections.length === 0 && (
        <p className="px-3 pb-3 text-muted text-xs">
          Nothing is above the threshold. Lower the confidence to see weaker guesses.
        </p>
      )}
      {/* One tab stop for the whole list; the active option is told by aria-activedescendant. */}
      <div
        ref={scroller}
        role="listbox"
        aria-label="Predictions, best first"
        aria-activedescendant={selectedRow >= 0 ? optionId(selectedRow) : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onPointerLeave={() => setView({ hoveredDetection: null })}
        className="min-h-0 flex-1 overflow-y-auto px-2 pb-2 focus-visible:outline-offset-[-2px]"
      >
        <div className="relative" style={{ height: virtual.getTotalSize() }} role="presentation">
          {virtual.getVirtualItems().map(({ index, start, size }) => {
            const detection = detections[index];
            if (!detection) return null;
            return (
              <div
                key={detection.index}
                className="absolute inset-x-0"
                role="presentation"
                style={{ transform: `translateY(${start}px)`, height: size }}
              >
                <PredictionRow
                  id={optionId(index)}
                  detection={detection}
                  name={nameOf(names, detection.classId)}
                  task={task}
                />
              </div>
            );
          })}
        </div>
      </div>
    </section>
  );
}

type PredictionRowProps = {
  readonly id: string;
  readonly detection: Detection;
  readonly name: string;
  readonly task: DetectionTask;
};

function PredictionRow({ id, detection, name, task }: PredictionRowProps) {
  const { setView } = useTestActions();
  const isSelected = useTest((state) => state.selectedDetection === detection.index);
  const isHovered = useTest((state) => state.hoveredDetection === detection.index);
  const colour = useTest((state) => state.classColours.get(detection.classId)) ?? classColour(detection.classId).css;
  return (
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isSelected}
      onPointerEnter={() => setView({ hoveredDetection: detection.index })}
      onPointerUp={() => setView({ selectedDetection: isSelected ? null : detection.index })}
      className={classNames(
        'flex h-full items-center gap-2 rounded-chip px-1 text-xs',
        isSelected ? 'bg-accent-soft' : isHovered && 'bg-hover',
      )}
    >
      <span aria-hidden className="size-2.5 shrink-0 rounded-[3px]" style={{ background: colour }} />
      <span className="min-w-0 flex-1 truncate text-strong">{name}</span>
      <span className="truncate text-2xs text-muted">{measureOf(detection, task)}</span>
      <span className="w-8 text-right text-body">{detection.score.toFixed(2)}</span>
    </div>
  );
}

/** The one number that tells two detections of a class apart: size, angle or visible keypoints. */
function measureOf({ box, oriented, keypoints }: Detection, task: DetectionTask): string {
  if (task === 'obb' && oriented) {
    const degrees = Math.round((oriented.angle * 180) / Math.PI);
    return `${Math.round(oriented.width)} × ${Math.round(oriented.height)}, ${degrees}°`;
  }
  if (task === 'pose' && keypoints) {
    const visible = keypoints.filter(({ visibility }) => visibility === null || visibility > 0.5).length;
    return `${visible} of ${keypoints.length} points`;
  }
  return `${Math.round(box.x2 - box.x1)} × ${Math.round(box.y2 - box.y1)}`;
}

function optionId(row: number): string {
  return `prediction-${row}`;
}
