'use client';

import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { resultStatus } from '@/components/test/result-status';
import { useTest } from '@/components/test/session/session-context';
import type { Shown } from '@/components/test/session/test-state';
import { serialiseDocument } from '@/lib/engines/vision/dialects/serialise-document';
import { ultralyticsDialect } from '@/lib/engines/vision/dialects/ultralytics';
import { modelNameOf } from '@/lib/engines/vision/exports/file-stems';

/** The shown result for programs: the `ultralytics` document as text, and what the page is doing about it. */
export function ResultJson() {
  const status = useTest(resultStatus);
  const shown = useTest((state) => state.shown);
  const modelName = useTest((state) => state.models.find(({ key }) => key === state.activeModelKey)?.name ?? '');
  // The picture comes first: while a slider moves, the document may be one render late, and says so by its status.
  const settled = useDeferredValue(shown);
  const text = useMemo(() => documentOf(settled, modelName), [settled, modelName]);
  const [isListening, setListening] = useState(false);
  // The document of the server is only a picture: until the page's listeners stand, a drop would be lost.
  useEffect(() => setListening(true), []);
  const isBehind = status === 'done' && settled !== shown;
  return (
    <pre hidden data-testid="result-json" data-status={!isListening ? 'loading' : isBehind ? 'running' : status}>
      {text}
    </pre>
  );
}

function documentOf(shown: Shown, modelFileName: string): string {
  if (!shown.primary) return '';
  const context = { imageName: shown.name, modelName: modelNameOf(modelFileName) };
  return serialiseDocument(ultralyticsDialect.document(shown.primary.result, context));
}
