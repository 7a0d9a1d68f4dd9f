import { countUnseenActivity } from '@/lib/domain/activity/count-unseen-activity';
import { defineRoute } from '@/lib/http/define-route';
import { countUnseenActivityOperation } from '@/lib/http/operations/activity';

/** GET /api/activity/unseen-count: how many events the bell shows. */
export const GET = defineRoute(countUnseenActivityOperation, ({ context }) => countUnseenActivity(context));
