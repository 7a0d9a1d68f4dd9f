import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** What this process counts, for Prometheus. Labels are few and known: no ids, no names. */
export type Metrics = {
  observeRequest(operation: string, status: number, seconds: number): void;
  observePrediction(task: string, phase: 'preprocess' | 'inference' | 'postprocess', seconds: number): void;
  /** The text format of Prometheus. */
  text(): Promise<{ readonly body: string; readonly contentType: string }>;
};

export function prometheusMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'sightline_request_seconds',
    help: 'Time to answer API requests',
    labelNames: ['operation', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 30],
    registers: [registry],
  });
  const predictions = new Histogram({
    name: 'sightline_prediction_seconds',
    help: 'Time of the phases of predictions',
    labelNames: ['task', 'phase'],
    buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30],
    registers: [registry],
  });
  const errors = new Counter({
    name: 'sightline_request_errors_total',
    help: 'API requests answered with 500 or above',
    labelNames: ['operation'],
    registers: [registry],
  });
  return {
    observeRequest(operation, status, seconds) {
      requests.observe({ operation, status: String(status) }, seconds);
      if (status >= 500) errors.inc({ operation });
    },
    observePrediction: (task, phase, seconds) => predictions.observe({ task, phase }, seconds),
    text: async () => ({ body: await registry.metrics(), contentType: registry.contentType }),
  };
}
