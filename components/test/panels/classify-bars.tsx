'use client';

import { PanelHeading } from '@/components/test/panels/panel-heading';
import { ShareBar } from '@/components/test/panels/share-bar';
import { useTest } from '@/components/test/session/session-context';
import { nameOf } from '@/components/test/session/summarise-result';
import { classColour } from '@/lib/engines/overlay/class-colour';
import { topClasses } from '@/lib/engines/overlay/paint-classification';

const barsShown = 5;

/** The five most probable classes. */
export function ClassifyBars({ probabilities, names }: { probabilities: Float32Array; names: readonly string[] }) {
  const colours = useTest((state) => state.classColours);
  return (
    <section aria-label="Most probable classes">
      <PanelHeading title="Top 5" note={`of ${names.length} classes`} />
      <ol className="grid gap-2.5 px-3 pb-3">
        {topClasses(probabilities, barsShown).map((classId) => {
          const share = probabilities[classId] ?? 0;
          const colour = colours.get(classId) ?? classColour(classId).css;
          return (
            <ShareBar
              key={classId}
              name={nameOf(names, classId)}
              colour={colour}
              share={share}
              value={`${(share * 100).toFixed(1)} %`}
            />
          );
        })}
      </ol>
    </section>
  );
}
