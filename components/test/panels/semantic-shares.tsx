'use client';

import { PanelHeading } from '@/components/test/panels/panel-heading';
import { ShareBar } from '@/components/test/panels/share-bar';
import { useTest } from '@/components/test/session/session-context';
import { nameOf, percentOf } from '@/components/test/session/summarise-result';
import { classColour } from '@/lib/engines/overlay/class-colour';
import { classShares } from '@/lib/engines/overlay/paint-class-map';

type SemanticSharesProps = {
  readonly classMap: Uint8Array | Uint16Array | Int32Array;
  readonly names: readonly string[];
};

/** How much of the image each class covers, and the class under the pointer. */
export function SemanticShares({ classMap, names }: SemanticSharesProps) {
  const colours = useTest((state) => state.classColours);
  const probe = useTest((state) => state.probe);
  const shares = [...classShares(classMap)];
  return (
    <section aria-label="Share of the image by class">
      <PanelHeading title="Share of the image" note={shares.length === 1 ? '1 class' : `${shares.length} classes`} />
      <ul className="grid gap-2.5 px-3 pb-3">
        {shares.map(([classId, share]) => (
          <ShareBar
            key={classId}
            name={nameOf(names, classId)}
            colour={colours.get(classId) ?? classColour(classId).css}
            share={share}
            value={percentOf(share)}
          />
        ))}
      </ul>
      <p className="px-3 pb-3 text-muted text-xs">
        {probe ? `Under the pointer: ${probe}` : 'Point at the image to read its class.'}
      </p>
    </section>
  );
}
