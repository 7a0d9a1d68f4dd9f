import type { StageControls } from '@/components/stage/stage-controls';
import { handleZoomKey } from '@/components/stage/stage-keys';
import { classSearchId } from '@/components/test/panels/class-list';
import type { TestSession } from '@/components/test/session/create-test-session';
import { toggleCompare } from '@/components/test/toggle-compare';

export type PageKeys = {
  readonly session: TestSession;
  readonly controls: StageControls;
  readonly openHelp: () => void;
  /** Removes the selected image, with a way to undo it. */
  readonly removeSelected: () => void;
  readonly undoRemoval: () => void;
};

const confidenceStep = 0.05;

/** What a key means anywhere on the page outside fields. Answers whether it was used. */
export function handlePageKey(event: KeyboardEvent, page: PageKeys): boolean {
  const { session, controls } = page;
  const state = session.store.getState();
  const { actions } = session;
  if ((event.metaKey || event.ctrlKey) && !event.altKey && event.key.toLowerCase() === 'z') {
    page.undoRemoval();
    return true;
  }
  if (event.metaKey || event.ctrlKey || event.altKey) return false;
  if (handleZoomKey(event.key, controls)) return true;
  switch (event.key.length === 1 ? event.key.toLowerCase() : event.key) {
    case '?':
      page.openHelp();
      return true;
    case 'ArrowLeft':
      if (state.live.kind === 'video') actions.stepFrame(-1);
      else actions.selectNeighbour(-1);
      return true;
    case 'ArrowRight':
      if (state.live.kind === 'video') actions.stepFrame(1);
      else actions.selectNeighbour(1);
      return true;
    case 'h':
      actions.setView({ showOverlays: !state.showOverlays });
      return true;
    case 'l':
      actions.setView({ showLabels: !state.showLabels });
      return true;
    case 'm':
      actions.setView({ showMasks: !state.showMasks });
      return true;
    case 'c':
      toggleCompare(session);
      return true;
    case '[':
      actions.setThresholds({ conf: nudged(state.thresholds.conf, -confidenceStep) });
      return true;
    case ']':
      actions.setThresholds({ conf: nudged(state.thresholds.conf, confidenceStep) });
      return true;
    case 'k':
      if (state.live.kind !== 'video') return false;
      void actions.togglePlaying();
      return true;
    case '/':
      document.getElementById(classSearchId)?.focus();
      return true;
    case 'Delete':
    case 'Backspace':
      page.removeSelected();
      return true;
    case 'Escape':
      if (state.selectedDetection === null) return false;
      actions.setView({ selectedDetection: null });
      return true;
    default:
      return false;
  }
}

function nudged(value: number, step: number): number {
  return Math.min(1, Math.max(0, Math.round((value + step) * 100) / 100));
}
