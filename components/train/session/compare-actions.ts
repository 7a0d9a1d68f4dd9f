import { plainFault, type TrainCore } from '@/components/train/session/train-core';
import { noComparison, type StageView, selectedImage } from '@/components/train/session/train-state';
import type { ModelSpec } from '@/lib/engines/model-files/model-facts';
import { defaultThresholds, type VisionResult } from '@/lib/engines/vision/vision-result';

export type CompareActions = ReturnType<typeof createCompareActions>;

/** Answers kept: a person steps back and forth between pictures. */
const mostAnswers = 64;

/** What the weights before and after say of the picture that is looked at. */
export function createCompareActions(core: TrainCore) {
  const { vision } = core.ports;
  const answers = new Map<string, VisionResult>();
  let asking = new AbortController();

  async function answer(
    model: { readonly modelId: string; readonly spec: ModelSpec },
    imageId: string,
    blob: Blob,
    signal: AbortSignal,
  ): Promise<VisionResult> {
    const key = `${model.modelId} ${imageId}`;
    const known = answers.get(key);
    if (known) return known;
    const { result } = await vision.predict(
      {
        modelId: model.modelId,
        spec: model.spec,
        image: { kind: 'blob', blob },
        imgsz: null,
        thresholds: defaultThresholds,
        wantBitmap: false,
      },
      { signal },
    );
    answers.set(key, result);
    const [oldest] = answers.keys();
    if (answers.size > mostAnswers && oldest !== undefined) answers.delete(oldest);
    return result;
  }

  async function refresh(): Promise<void> {
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    const state = core.get();
    const image = selectedImage(state);
    core.update((before) => ({ ...before, comparison: noComparison }));
    if (state.view !== 'compare' || !image || !state.tuned) return;
    try {
      const after = await answer(state.tuned, image.id, image.blob, signal);
      const before = state.model.kind === 'file' ? await answer(state.model, image.id, image.blob, signal) : null;
      if (!signal.aborted) core.update((current) => ({ ...current, comparison: { before, after, fault: null } }));
    } catch (error) {
      if (signal.aborted) return;
      core.update((current) => ({ ...current, comparison: { ...noComparison, fault: plainFault(error) } }));
    }
  }

  return {
    setView(view: StageView): void {
      core.update((state) => ({ ...state, view }));
      void refresh();
    },
    refreshComparison: () => void refresh(),
  };
}
