import { runnableModel, type TestState } from '@/components/test/session/test-state';

type ResultStatus = 'idle' | 'loading' | 'running' | 'done' | 'error';

/** What the page is doing about the image that is being looked at. */
export function resultStatus(state: TestState): ResultStatus {
  const { live, shown } = state;
  const model = state.models.find(({ key }) => key === state.activeModelKey);
  const image = state.images.find(({ id }) => id === state.selectedImageId);
  if (live.kind === 'failed' || image?.run.status === 'failed' || state.inputFault) return 'error';
  if (state.models.some(({ content }) => content.status === 'reading')) return 'loading';
  if (model?.content.status === 'ready' && model.content.fault) return 'error';
  if (!model && state.models.some(({ content }) => content.status === 'refused')) return 'error';
  if (live.kind !== 'off') return shown.primary ? 'done' : 'running';
  if (!image || !runnableModel(state, state.activeModelKey)) return 'idle';
  if (shown.imageId === image.id && shown.primary) return 'done';
  if (state.download) return 'loading';
  return image.run.status === 'stopped' ? 'idle' : 'running';
}
