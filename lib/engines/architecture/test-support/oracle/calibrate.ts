import { evaluateHead } from '@/lib/engines/architecture/test-support/oracle/evaluate-head';
import { evaluateBody } from '@/lib/engines/architecture/test-support/oracle/evaluate-network';
import type { FeatureMap } from '@/lib/engines/architecture/test-support/oracle/feature-map';
import type { Checkpoint } from '@/lib/engines/model-files/checkpoint/checkpoint';

/** Gives every normalisation that inference uses the statistics of its input for this image. */
export function calibrate({ model }: Checkpoint, image: FeatureMap): void {
  const { head, inputs } = evaluateBody(model, image);
  evaluateHead(head, inputs, 'plain', image.height);
  if (head.children.has('one2one_cv2')) evaluateHead(head, inputs, 'end-to-end', image.height);
}
