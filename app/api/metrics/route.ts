import { env } from '@/lib/core/env';
import { defineRoute } from '@/lib/http/define-route';
import { metricsReply } from '@/lib/http/metrics-reply';
import { getMetricsOperation } from '@/lib/http/operations/health';
import { requireMetricsToken } from '@/lib/http/require-metrics-token';

/** GET /api/metrics: what this process counts, for Prometheus. */
export const GET = defineRoute(getMetricsOperation, ({ context, request }) => {
  requireMetricsToken(request, env.METRICS_TOKEN);
  return metricsReply(context.metrics);
});
