import { unknownPath } from '@/lib/http/unknown-path';

/** /v1 itself, and every path under it that no other route answers, in the words of the HUB. */
const answer = unknownPath('hub');

export const GET = answer;
export const POST = answer;
export const PUT = answer;
export const PATCH = answer;
export const DELETE = answer;
