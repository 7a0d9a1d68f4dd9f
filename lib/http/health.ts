import { type RunningServices, services } from '@/lib/composition';
import { newId } from '@/lib/core/ids';
import { checkReadiness } from '@/lib/domain/health/check-readiness';
import { liveness, type Readiness, readiness } from '@/lib/domain/health/schema';

/** Probes come every few seconds from every side, and anybody may send them: the checks run at most this often. */
const freshMilliseconds = 2000;

let latest: { readonly startedAt: number; readonly outcome: Promise<Readiness> } | null = null;

/** That this process answers, whatever else is broken: it touches nothing. */
export function livenessReply(): Response {
  return plainReply(liveness.parse({ status: 'live' }), 200);
}

/** Whether this server can do its work: 503 while it cannot. `start` gives the services, or fails as the checks would. */
export async function readinessReply(start: () => Promise<RunningServices> = services): Promise<Response> {
  if (latest === null || performance.now() - latest.startedAt > freshMilliseconds) {
    latest = { startedAt: performance.now(), outcome: check(start) };
  }
  const outcome = await latest.outcome;
  return plainReply(readiness.parse(outcome), outcome.status === 'ready' ? 200 : 503);
}

async function check(start: () => Promise<RunningServices>): Promise<Readiness> {
  const running = await start().catch(() => null);
  if (running !== null) return checkReadiness(running, running.isMigrated);
  const failed = { isOk: false, message: 'The server could not start its services. Its log says why.' };
  return {
    status: 'not-ready',
    checks: { database: failed, migrations: failed, storage: failed },
    worker: { heartbeatAgeSeconds: null },
  };
}

function plainReply(body: unknown, status: number): Response {
  const headers = { 'X-Request-Id': newId('request'), 'Cache-Control': 'no-store' };
  return Response.json(body, { status, headers });
}
