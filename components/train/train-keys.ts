import type { StageControls } from '@/components/stage/stage-controls';
import { grownBox, movedBox } from '@/components/train/document/box-geometry';
import type { TrainSession } from '@/components/train/session/create-train-session';

export type TrainKeys = {
  readonly session: TrainSession;
  readonly controls: StageControls;
  readonly openHelp: () => void;
};

/** Pixels of the image that an arrow moves or resizes a box by. */
const fineStep = 1;
const coarseStep = 10;

const arrows: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** What a key means anywhere on the page outside fields. Answers whether it was used. */
export function handleTrainKey(event: KeyboardEvent, page: TrainKeys): boolean {
  if (event.metaKey || event.ctrlKey) return !event.altKey && handleHistory(event, page);
  const arrow = arrows[event.key];
  if (arrow) return handleArrow(arrow, event, page);
  if (event.altKey) return false;
  if (/^[1-9]$/.test(event.key)) {
    page.session.actions.chooseClass(Number(event.key) - 1);
    return true;
  }
  return handleLetter(event.key, page);
}

function handleHistory({ key, shiftKey }: KeyboardEvent, { session: { actions } }: TrainKeys): boolean {
  const letter = key.toLowerCase();
  if (letter !== 'z' && letter !== 'y') return false;
  if (letter === 'y' || shiftKey) actions.redo();
  else actions.undo();
  return true;
}

/** Arrows move the selected box, with Alt its lower right corner; without one they go to the next picture. */
function handleArrow(
  [x, y]: readonly [number, number],
  { shiftKey, altKey }: KeyboardEvent,
  { session }: TrainKeys,
): boolean {
  const { actions, store } = session;
  if (store.getState().selectedLabelId === null || store.getState().view === 'compare') {
    if (x === 0 || altKey) return false;
    actions.selectNeighbour(x > 0 ? 1 : -1);
    return true;
  }
  const step = shiftKey ? coarseStep : fineStep;
  const nudge = altKey ? grownBox : movedBox;
  actions.nudgeBox((box, image) => nudge(box, x * step, y * step, image));
  return true;
}

function handleLetter(key: string, { session: { actions, store }, controls, openHelp }: TrainKeys): boolean {
  const state = store.getState();
  switch (key.length === 1 ? key.toLowerCase() : key) {
    case '?':
      openHelp();
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
    case 'b':
      actions.addCentredBox();
      return true;
    case 'e':
      actions.toggleNothing();
      return true;
    case '[':
      actions.selectNeighbourLabel(-1);
      return true;
    case ']':
      actions.selectNeighbourLabel(1);
      return true;
    case 'c':
      if (state.tuned) actions.setView(state.view === 'label' ? 'compare' : 'label');
      return state.tuned !== null;
    case 'Delete':
    case 'Backspace':
      actions.removeSelectedLabel();
      return true;
    case 'Escape':
      if (state.selectedLabelId === null) return false;
      actions.selectLabel(null);
      return true;
    default:
      return false;
  }
}
