import { liveness, readiness } from '@/lib/domain/health/schema';
import { defineOperation } from '@/lib/http/operation';

const shared = { tag: 'Server', surface: 'platform', access: 'public', limit: 'none' } as const;

export const getLivenessOperation = defineOperation({
  ...shared,
  id: 'getLiveness',
  method: 'GET',
  path: '/api/health/live',
  summary: 'Whether the web server answers',
  body: { kind: 'none' },
  reply: { kind: 'plain', schema: liveness },
});

export const getReadinessOperation = defineOperation({
  ...shared,
  id: 'getReadiness',
  method: 'GET',
  path: '/api/health/ready',
  summary: 'Whether the server can do its work',
  description: 'Status 503 with the same body while a check fails.',
  body: { kind: 'none' },
  reply: { kind: 'plain', schema: readiness },
  alsoStatus: 503,
});

export const getMetricsOperation = defineOperation({
  ...shared,
  id: 'getMetrics',
  method: 'GET',
  path: '/api/metrics',
  summary: 'Metrics for Prometheus',
  description:
    'Asks for “Authorization: Bearer” with the server’s METRICS_TOKEN; without that setting there is no such path.',
  body: { kind: 'none' },
  reply: { kind: 'bytes', contentType: 'text/plain', description: 'Prometheus text format' },
  errors: ['UNAUTHORIZED', 'NOT_FOUND'],
});

export const getOpenApiOperation = defineOperation({
  ...shared,
  id: 'getOpenApi',
  method: 'GET',
  path: '/api/openapi.json',
  summary: 'This description of the API',
  body: { kind: 'none' },
  reply: { kind: 'bytes', contentType: 'application/json', description: 'An OpenAPI 3.1 document' },
});
