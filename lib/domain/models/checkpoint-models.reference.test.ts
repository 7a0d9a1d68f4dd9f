import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { modelWorld, uploadModel } from '@/lib/domain/models/test-support/model-material';
import { predict } from '@/lib/domain/predictions/predict';
import { hasReference, referenceJson, referencePath } from '@/lib/engines/vision/test-support/reference-files';

type Box = { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number };
type Recorded = { readonly name: string; readonly confidence: number; readonly box: Box };
type Recording = { readonly conf: number; readonly iou: number; readonly summary: readonly Recorded[] };

const world = modelWorld();

describe.skipIf(!hasReference)('a real checkpoint on the server', () => {
  it('sees four persons and a bus, where the package sees them', async () => {
    const bytes = readFileSync(referencePath('models/yolov8n-coco-dq.pt'));
    const model = await uploadModel(world.context, { projectId: world.projectId }, { bytes, fileName: 'best.pt' });
    expect(model).toMatchObject({ status: 'ready', task: 'detect', classCount: 80 });

    const recorded = referenceJson<Recording>('reference/yolov8n-coco-dq.pt.ptsquare.640/bus.jpg.json');
    const { conf, iou, summary } = recorded;
    const media = { kind: 'image' as const, bytes: readFileSync(referencePath('images/bus.jpg')), name: 'bus.jpg' };
    const request = { model: { kind: 'id' as const, id: model.id }, media, thresholds: { conf, iou } };
    const { document } = await predict(world.context, { ...request, dialect: 'ultralytics' });
    const found: readonly Recorded[] = JSON.parse(document);
    expect(found.map(({ name }) => name).sort()).toEqual(['bus', 'person', 'person', 'person', 'person']);
    // The recording is of a square input, while here it is padded to the stride only, as the package does by default.
    for (const { name, box } of summary.filter(({ confidence }) => confidence > 0.5)) {
      const best = Math.max(...found.map((one) => (one.name === name ? overlap(one.box, box) : 0)));
      expect(best).toBeGreaterThan(0.9);
    }
  });
});

/** Intersection over union. */
function overlap(a: Box, b: Box): number {
  const area = ({ x1, y1, x2, y2 }: Box) => Math.max(0, x2 - x1) * Math.max(0, y2 - y1);
  const shared = area({
    x1: Math.max(a.x1, b.x1),
    y1: Math.max(a.y1, b.y1),
    x2: Math.min(a.x2, b.x2),
    y2: Math.min(a.y2, b.y2),
  });
  return shared / (area(a) + area(b) - shared);
}
