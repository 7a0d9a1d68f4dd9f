import { mapImage } from '@/components/test/session/image-transitions';
import { interpretRun, type SessionCore } from '@/components/test/session/session-core';
import { summariseResult } from '@/components/test/session/summarise-result';
import { type CompareMode, runKey, runnableModel, type TestState } from '@/components/test/session/test-state';
import { createMaskCache } from '@/lib/engines/vision/mask-cache';
import type { Thresholds } from '@/lib/engines/vision/vision-result';

export type ViewActions = ReturnType<typeof createViewActions>;

/** Plain switches of the view; each is one field of the state. */
type ViewFields = Pick<
  TestState,
  | 'showOverlays'
  | 'showLabels'
  | 'showMasks'
  | 'maskOpacity'
  | 'hoveredDetection'
  | 'selectedDetection'
  | 'probe'
  | 'drawMilliseconds'
  | 'notice'
>;

/** How long the counts of the strip may wait after the last threshold change, and how long one slice of them may take. */
const recountAfterMilliseconds = 250;
const recountSliceMilliseconds = 8;

export function createViewActions(core: SessionCore) {
  let recountTimer: ReturnType<typeof setTimeout> | undefined;

  return {
    setView: (fields: Partial<ViewFields>) => core.update((state) => ({ ...state, ...fields })),

    /** Applies thresholds at once to what is shown; the counts of the other images follow when the hand rests. */
    setThresholds(changed: Partial<Thresholds>): void {
      core.update((state) => ({ ...state, thresholds: { ...state.thresholds, ...changed } }));
      core.refreshShown();
      clearTimeout(recountTimer);
      recountTimer = setTimeout(() => recount(core, 0), recountAfterMilliseconds);
    },

    toggleClassHidden(classId: number): void {
      core.update((state) => {
        const hiddenClasses = new Set(state.hiddenClasses);
        if (!hiddenClasses.delete(classId)) hiddenClasses.add(classId);
        return { ...state, hiddenClasses };
      });
    },

    setClassColour(classId: number, colour: string): void {
      core.update((state) => ({ ...state, classColours: new Map(state.classColours).set(classId, colour) }));
    },

    compareWith(compareModelKey: string | null): void {
      core.update((state) => ({ ...state, compareModelKey }));
      core.refreshShown();
      core.pump();
    },

    setCompareMode: (compareMode: CompareMode) => core.update((state) => ({ ...state, compareMode })),
  };
}

/** Recounts images whose raw output is at hand, in slices short enough to leave the page responsive. */
function recount(core: SessionCore, from: number): void {
  const startedAt = core.ports.now();
  const { images, thresholds } = core.get();
  for (let index = from; index < images.length; index++) {
    const image = images[index];
    const state = core.get();
    const model = runnableModel(state, state.activeModelKey);
    if (!image || !model || state.thresholds !== thresholds) return;
    const run = image.run.status === 'done' ? core.runs.get(runKey(image.id, model, state.imgsz)) : undefined;
    if (run) {
      const { primary } = state.shown;
      const { result } = interpretRun(core, run, thresholds, primary?.run === run ? primary : null, createMaskCache());
      const summary = summariseResult(result);
      core.update((current) => mapImage(current, image.id, (entry) => ({ ...entry, summary })));
    }
    if (core.ports.now() - startedAt > recountSliceMilliseconds) {
      setTimeout(() => recount(core, index + 1), 0);
      return;
    }
  }
}
