import type { ErrorCode } from '@/lib/core/errors';

/** What each refusal is on the wire. Everything else about errors, the OpenAPI document included, derives from here. */
export const errorTable = {
  VALIDATION_ERROR: { status: 400, title: 'Invalid request data' },
  UNAUTHORIZED: { status: 401, title: 'Invalid or missing API key' },
  PAYMENT_REQUIRED: { status: 402, title: 'Not enough credit' },
  QUOTA_EXCEEDED: { status: 402, title: 'The plan’s quota is used up' },
  FORBIDDEN: { status: 403, title: 'Insufficient permissions' },
  NOT_FOUND: { status: 404, title: 'Resource not found' },
  METHOD_NOT_ALLOWED: { status: 405, title: 'No such method at this path' },
  CONFLICT: { status: 409, title: 'The resource is in another state' },
  PAYLOAD_TOO_LARGE: { status: 413, title: 'The request is too large' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: 'Content of another kind is expected' },
  RATE_LIMITED: { status: 429, title: 'Too many requests' },
  INTERNAL_ERROR: { status: 500, title: 'Server error' },
  UNAVAILABLE: { status: 503, title: 'Busy; try again soon' },
} as const satisfies Record<ErrorCode, { status: number; title: string }>;
