import { archiveActivity } from '@/lib/domain/activity/archive-activity';
import { defineRoute } from '@/lib/http/define-route';
import { archiveActivityOperation } from '@/lib/http/operations/activity';

/** POST /api/activity/archive: moves events to the archive. */
export const POST = defineRoute(archiveActivityOperation, ({ context, body }) => archiveActivity(context, body));
