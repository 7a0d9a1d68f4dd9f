import { listActivity } from '@/lib/domain/activity/list-activity';
import { defineRoute } from '@/lib/http/define-route';
import { listActivityOperation } from '@/lib/http/operations/activity';

/** GET /api/activity: one page of events, newest first. */
export const GET = defineRoute(listActivityOperation, ({ context, query }) => listActivity(context, query));
