import type { Services } from '@/lib/domain/context';
import { StreamReply } from '@/lib/http/reply';

/** The metrics of this process in Prometheus' text format. */
export async function metricsReply(metrics: Services['metrics']): Promise<StreamReply> {
  const { body, contentType } = await metrics.text();
  return new StreamReply(new Blob([body]).stream(), { 'Content-Type': contentType, 'Cache-Control': 'no-store' });
}
