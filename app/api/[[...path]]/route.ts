import { unknownPath } from '@/lib/http/unknown-path';

/** /api itself, and every path under it that no other route answers. */
const answer = unknownPath('platform');

export const GET = answer;
export const POST = answer;
export const PUT = answer;
export const PATCH = answer;
export const DELETE = answer;
