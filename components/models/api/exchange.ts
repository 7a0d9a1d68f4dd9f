import type { RequestDraft } from '@/components/models/api/request-draft';
import type { SentReply } from '@/components/reference/perform-request';

/** What was sent and what came back; the picture belongs to the request of that time, not to the form of now. */
export type Exchange = { readonly draft: RequestDraft; readonly reply: SentReply };
