import { UploadFault } from '@/components/upload/upload-transport';
import type { ApiError } from '@/lib/client/api-error';

/** A refusal of the API as what it means for an upload, with its words and what it asks us to wait. */
export function refusalFault(refusal: ApiError): UploadFault {
  return new UploadFault(kindOfStatus(refusal.status), refusal.message, refusal);
}

/** Which failures are worth another try: those of the line, of a busy server, and of a proxy between. */
function kindOfStatus(status: number): UploadFault['kind'] {
  if (status === 409) return 'offset';
  if (status === 404) return 'gone';
  if (status === 0 || status === 408 || status === 429 || status >= 500) return 'connection';
  return status >= 400 ? 'refused' : 'connection';
}
