import { cancelDownload } from '@/lib/domain/catalogue/cancel-download';
import { startDownload } from '@/lib/domain/catalogue/start-download';
import { defineRoute } from '@/lib/http/define-route';
import { cancelWeightsDownloadOperation, startWeightsDownloadOperation } from '@/lib/http/operations/catalogue';

/** POST /api/catalogue/{name}/download: accepts the licence and begins the download, or joins it. */
export const POST = defineRoute(startWeightsDownloadOperation, ({ context, params }) =>
  startDownload(context, params.name),
);

/** DELETE /api/catalogue/{name}/download: waits for it no more. */
export const DELETE = defineRoute(cancelWeightsDownloadOperation, ({ context, params }) =>
  cancelDownload(context, params.name),
);
