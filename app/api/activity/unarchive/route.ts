import { unarchiveActivity } from '@/lib/domain/activity/unarchive-activity';
import { defineRoute } from '@/lib/http/define-route';
import { unarchiveActivityOperation } from '@/lib/http/operations/activity';

/** POST /api/activity/unarchive: moves events back to the inbox. */
export const POST = defineRoute(unarchiveActivityOperation, ({ context, body }) => unarchiveActivity(context, body));
