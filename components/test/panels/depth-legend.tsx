'use client';

import { PanelHeading } from '@/components/test/panels/panel-heading';
import { useTest } from '@/components/test/session/session-context';
import { depthRamp } from '@/lib/engines/overlay/paint-depth';

/** Depth as colour: the scale with its ends in metres, and the depth under the pointer. */
export function DepthLegend({ range }: { readonly range: { readonly min: number; readonly max: number } }) {
  const probe = useTest((state) => state.probe);
  // The ramp runs from far to near; steps of the same width say the same as a gradient, and are exact.
  const colours = depthRamp()
    .filter((_, level) => level % 4 === 0)
    .toReversed();
  return (
    <section aria-label="Depth">
      <PanelHeading title="Depth" note="metres" />
      <div className="grid gap-1 px-3 pb-3 text-xs">
        <div aria-hidden className="flex h-3 overflow-hidden rounded-chip">
          {colours.map(({ r, g, b }) => (
            <span key={`${r},${g},${b}`} className="flex-1" style={{ background: `rgb(${r} ${g} ${b})` }} />
          ))}
        </div>
        <p className="flex justify-between text-body">
          <span>near {range.min.toFixed(2)} m</span>
          <span>far {range.max.toFixed(2)} m</span>
        </p>
        <p className="text-muted">{probe ? `Under the pointer: ${probe}` : 'Point at the image to read its depth.'}</p>
      </div>
    </section>
  );
}
