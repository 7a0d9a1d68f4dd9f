import type { StageControls } from '@/components/stage/stage-controls';
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
    case '+':
    case '=':
      controls.zoomIn();
      return true;
    case '-':
    case '−':
      controls.zoomOut();
      return true;
    case '0':
      controls.fit();
      return true;
    case '1':
      controls.actualSize();
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

/** Whether a key typed there belongs to the element itself: a field, a slider's arrows, an open dialog. */
export function isOwnKey(event: KeyboardEvent): boolean {
  const { target } = event;
  if (!(target instanceof Element)) return false;
  if (target.closest('dialog, [contenteditable="true"], textarea, select')) return true;
  const input = target.closest('input');
  if (!input) return false;
  const isText = ['text', 'search', 'url', 'number', 'color'].includes(input.type);
  return isText || event.key.startsWith('Arrow') || event.key === 'Home' || event.key === 'End';
}

function nudged(value: number, step: number): number {
  return Math.min(1, Math.max(0, Math.round((value + step) * 100) / 100));
}
