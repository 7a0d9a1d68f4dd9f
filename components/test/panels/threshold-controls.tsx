'use client';

import { ConfidenceHistogram } from '@/components/test/panels/confidence-histogram';
import { useTest, useTestActions } from '@/components/test/session/session-context';
import { readingOf, runnableModel } from '@/components/test/session/test-state';
import { Slider } from '@/components/ui/slider';
import { Switch } from '@/components/ui/switch';
import type { ModelSpec } from '@/lib/engines/model-files/model-facts';

const smallestImgsz = 32;
const largestImgsz = 1280;
const defaultImgsz = 640;
const mostDetections = 1000;

/** The settings that decide what counts as a prediction. All but the image size act without running the model again. */
export function ThresholdControls() {
  const actions = useTestActions();
  const thresholds = useTest((state) => state.thresholds);
  const spec = useTest((state) => {
    const model = runnableModel(state, state.activeModelKey);
    return model ? readingOf(model).spec : null;
  });
  const task = spec?.task ?? 'detect';
  const isFinal = spec?.head.layout === 'rows';
  const hasDetections = task !== 'classify' && task !== 'semantic' && task !== 'depth';
  return (
    <div className="grid gap-2 px-3 pb-3">
      {hasDetections && (
        <>
          <Slider
            label="Confidence"
            value={thresholds.conf}
            minimum={0}
            maximum={1}
            step={0.01}
            decimals={2}
            tip="Only predictions above this score are kept; keys [ and ]"
            above={<ConfidenceHistogram />}
            onChange={(conf) => actions.setThresholds({ conf })}
          />
          <Slider
            label="IoU"
            value={thresholds.iou}
            minimum={0}
            maximum={1}
            step={0.01}
            decimals={2}
            disabled={isFinal}
            tip="Boxes that overlap a better one more than this are dropped"
            note={isFinal ? 'This model ends in final boxes; it suppresses overlaps itself.' : null}
            onChange={(iou) => actions.setThresholds({ iou })}
          />
        </>
      )}
      <ImageSizeSlider spec={spec} />
      {hasDetections && (
        <>
          <Slider
            label="Max detections"
            value={thresholds.maxDetections}
            minimum={1}
            maximum={mostDetections}
            step={1}
            tip="At most this many of the best are kept per image"
            onChange={(maxDetections) => actions.setThresholds({ maxDetections })}
          />
          {!isFinal && (
            <Switch
              label="Agnostic NMS"
              description="Suppress overlaps across classes too"
              checked={thresholds.agnostic}
              onChange={(agnostic) => actions.setThresholds({ agnostic })}
            />
          )}
        </>
      )}
    </div>
  );
}

function ImageSizeSlider({ spec }: { readonly spec: ModelSpec | null }) {
  const { setImgsz } = useTestActions();
  const imgsz = useTest((state) => state.imgsz);
  const stride = spec?.stride ?? 32;
  if (spec?.input.size.kind === 'static') {
    const { width, height } = spec.input.size;
    const size = width === height ? `${width} px` : `${width} × ${height} px`;
    return (
      <Slider
        label="Image size"
        value={Math.max(width, height)}
        minimum={smallestImgsz}
        maximum={Math.max(largestImgsz, width, height)}
        step={1}
        disabled
        note={`Fixed at ${size}: the model was exported with a static input. Export with dynamic=True to change it.`}
        onChange={setImgsz}
      />
    );
  }
  const own = spec ? Math.max(spec.input.size.width, spec.input.size.height) : defaultImgsz;
  return (
    <Slider
      label="Image size"
      value={imgsz ?? own}
      minimum={Math.ceil(smallestImgsz / stride) * stride}
      maximum={Math.floor(largestImgsz / stride) * stride}
      step={stride}
      valueText={`${imgsz ?? own} pixels`}
      tip={`Longer side of the network input, in steps of the stride (${stride} px). Runs the model again.`}
      onChange={(value) => setImgsz(value === own ? null : value)}
    />
  );
}
