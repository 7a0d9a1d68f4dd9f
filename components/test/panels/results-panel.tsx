'use client';

import { ClassifyBars } from '@/components/test/panels/classify-bars';
import { ComparisonList } from '@/components/test/panels/comparison-list';
import { DepthLegend } from '@/components/test/panels/depth-legend';
import { PanelHeading } from '@/components/test/panels/panel-heading';
import { PredictionList } from '@/components/test/panels/prediction-list';
import { SemanticShares } from '@/components/test/panels/semantic-shares';
import { useTest } from '@/components/test/session/session-context';
import { unreachable } from '@/lib/core/assert';
import type { VisionResult } from '@/lib/engines/vision/vision-result';

/** What the model found on the image that is being looked at. */
export function ResultsPanel() {
  const result = useTest((state) => state.shown.primary?.result ?? null);
  const other = useTest((state) => state.shown.secondary?.result ?? null);
  if (!result) {
    return (
      <>
        <PanelHeading title="Predictions" />
        <p className="px-3 pb-3 text-muted text-xs">What the model finds is listed here, linked with the image.</p>
      </>
    );
  }
  return (
    <>
      {other && <ComparisonList first={result} second={other} />}
      <ResultOfTask result={result} />
    </>
  );
}

function ResultOfTask({ result }: { readonly result: VisionResult }) {
  switch (result.task) {
    case 'detect':
    case 'segment':
    case 'pose':
    case 'obb':
      return <PredictionList detections={result.detections} names={result.names} task={result.task} />;
    case 'classify':
      return <ClassifyBars probabilities={result.probabilities} names={result.names} />;
    case 'semantic':
      return <SemanticShares classMap={result.classMap} names={result.names} />;
    case 'depth':
      return <DepthLegend range={result.range} />;
    default:
      return unreachable(result);
  }
}
