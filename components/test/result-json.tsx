'use client';

import { useDeferredValue, useMemo } from 'react';
import { useTest } from '@/components/test/session/session-context';
import { runnableModel, type Shown, type TestState } from '@/components/test/session/test-state';
import { serialiseDocument } from '@/lib/engines/vision/dialects/serialise-document';
import { ultralyticsDialect } from '@/lib/engines/vision/dialects/ultralytics';
import { modelNameOf } from '@/lib/engines/vision/exports/file-stems';

export type ResultStatus = 'idle' | 'loading' | 'running' | 'done' | 'error';

/** The shown result for programs: the `ultralytics` document as text, and what the page is doing about it. */
export function ResultJson() {
  const status = useTest(resultStatus);
  const shown = useTest((state) => state.shown);
  const modelName = useTest((state) => state.models.find(({ key }) => key === state.activeModelKey)?.name ?? '');
  // The picture comes first: while a slider moves, the document may be one render late, and says so by its status.
  const settled = useDeferredValue(shown);
  const text = useMemo(() => documentOf(settled, modelName), [settled, modelName]);
  return (
    <pre hidden data-testid="result-json" data-status={status === 'done' && settled !== shown ? 'running' : status}>
      {text}
    </pre>
  );
}

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

function documentOf(shown: Shown, modelFileName: string): string {
  if (!shown.primary) return '';
  const context = { imageName: shown.name, modelName: modelNameOf(modelFileName) };
  return serialiseDocument(ultralyticsDialect.document(shown.primary.result, context));
}
