import { markActivitySeen } from '@/lib/domain/activity/mark-activity-seen';
import { defineRoute } from '@/lib/http/define-route';
import { markActivitySeenOperation } from '@/lib/http/operations/activity';

/** POST /api/activity/mark-seen: marks events as seen. */
export const POST = defineRoute(markActivitySeenOperation, ({ context, body }) => markActivitySeen(context, body));
