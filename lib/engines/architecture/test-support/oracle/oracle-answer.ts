import { headMode } from '@/lib/engines/architecture/heads/head-mode';
import { evaluateHead, type OracleOutput } from '@/lib/engines/architecture/test-support/oracle/evaluate-head';
import { evaluateBody } from '@/lib/engines/architecture/test-support/oracle/evaluate-network';
import type { FeatureMap } from '@/lib/engines/architecture/test-support/oracle/feature-map';
import type { Checkpoint } from '@/lib/engines/model-files/checkpoint/checkpoint';

/** What the network of a checkpoint made in memory answers to one image, computed without a graph. */
export function oracleAnswer(
  { model }: Checkpoint,
  image: FeatureMap,
  endToEnd: boolean | null = null,
): readonly OracleOutput[] {
  const { head, inputs } = evaluateBody(model, image);
  const isEndToEnd = headMode(head, { endToEnd, nms: null }) === 'end-to-end';
  return evaluateHead(head, inputs, isEndToEnd ? 'end-to-end' : 'plain', image.height);
}
