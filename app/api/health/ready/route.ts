import { readinessReply } from '@/lib/http/health';

/** GET /api/health/ready: whether the server can do its work. */
export function GET(): Promise<Response> {
  return readinessReply();
}

/** As the server runs, not as it was built. */
export const dynamic = 'force-dynamic';
