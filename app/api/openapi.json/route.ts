import { defineRoute } from '@/lib/http/define-route';
import { openApiReply } from '@/lib/http/openapi/openapi-reply';
import { getOpenApiOperation } from '@/lib/http/operations/health';

/** GET /api/openapi.json: the description of every operation of every surface. */
export const GET = defineRoute(getOpenApiOperation, async ({ context }) => openApiReply(context.origin));
