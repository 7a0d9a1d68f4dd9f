import { isWhollyVisible, type StageControls } from '@/components/stage/stage-controls';

const PAN_STEP = 64;

const panKeys: Readonly<Record<string, readonly [deltaX: number, deltaY: number]>> = {
  ArrowLeft: [PAN_STEP, 0],
  ArrowRight: [-PAN_STEP, 0],
  ArrowUp: [0, PAN_STEP],
  ArrowDown: [0, -PAN_STEP],
};

/**
 * Does what a key means on the focused stage: + − 0 1 zoom, arrows pan. Answers whether the key was used; arrows are left to
 * the page (previous, next image) while the whole image is visible.
 */
export function handleStageKey(key: string, controls: StageControls): boolean {
  const pan = panKeys[key];
  if (pan) {
    if (isWhollyVisible(controls.store.getState())) return false;
    controls.pan(...pan);
    return true;
  }
  return handleZoomKey(key, controls);
}

/** + − zoom, 0 fits, 1 shows pixel for pixel: on the stage and, where nothing else takes them, on its page. */
export function handleZoomKey(key: string, controls: StageControls): boolean {
  switch (key) {
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
    default:
      return false;
  }
}
