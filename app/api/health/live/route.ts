import { livenessReply } from '@/lib/http/health';

/** GET /api/health/live: that the web server answers. */
export function GET(): Response {
  return livenessReply();
}

/** As the web server runs, not as it was built. */
export const dynamic = 'force-dynamic';
