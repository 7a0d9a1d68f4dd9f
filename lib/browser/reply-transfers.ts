import type { PredictReply } from '@/lib/browser/vision-protocol';
import type { VisionResult } from '@/lib/engines/vision/vision-result';

/** The buffers of a reply that change hands instead of being copied, each once. */
export function replyTransfers({ output, result, bitmap }: PredictReply): Transferable[] {
  const buffers = new Set<Transferable>();
  for (const view of [output.main.data, output.prototypes?.data, ...resultArrays(result)]) {
    if (view?.buffer instanceof ArrayBuffer) buffers.add(view.buffer);
  }
  if (bitmap) buffers.add(bitmap);
  return [...buffers];
}

/** The large arrays of a result; the outlines are small and are copied. */
function resultArrays(result: VisionResult): ArrayBufferView[] {
  switch (result.task) {
    case 'classify':
      return [result.probabilities];
    case 'semantic':
      return [result.classMap];
    case 'depth':
      return [result.depth];
    case 'detect':
    case 'segment':
    case 'pose':
    case 'obb':
      return result.detections.flatMap(({ mask }) => (mask ? [mask.bits] : []));
  }
}
