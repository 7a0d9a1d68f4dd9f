import { exportActivity } from '@/lib/domain/activity/export-activity';
import { defineRoute } from '@/lib/http/define-route';
import { downloadReply } from '@/lib/http/download-reply';
import { exportActivityOperation } from '@/lib/http/operations/activity';

/** GET /api/activity/export: the whole filtered set as a file. */
export const GET = defineRoute(exportActivityOperation, async ({ context, query }) =>
  downloadReply(await exportActivity(context, query), {
    fileName: `activity-${context.now().toISOString().slice(0, 10)}.${query.format}`,
    contentType: query.format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json',
  }),
);
