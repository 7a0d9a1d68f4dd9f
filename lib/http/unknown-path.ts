import { DomainError } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import type { Surface } from '@/lib/http/operation';
import { errorReply } from '@/lib/http/reply';

/** Answers for paths of a surface that no operation has: a refusal in JSON, where scripts would not expect a page. */
export function unknownPath(surface: Surface): (request: Request) => Response {
  return (request) => {
    const headers = new Headers({ 'X-Request-Id': newId('request') });
    const { pathname } = new URL(request.url);
    const message = `There is no ${request.method} ${pathname.slice(0, 200)}. See /api/docs.`;
    return errorReply(surface, new DomainError('NOT_FOUND', message), headers);
  };
}
