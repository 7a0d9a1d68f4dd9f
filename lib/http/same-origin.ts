import { DomainError } from '@/lib/core/errors';
import { requestOrigin } from '@/lib/http/request-origin';

const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses a change that another site's page asks for with this browser's session (CSRF). Browsers put Sec-Fetch-Site (over
 * https and on localhost) or Origin on every such request, and no page can forge either. Callers with a key carry no cookie and
 * are not asked. `origin` is where the settings say that this server is.
 */
export function requireSameOrigin(request: Request, origin: string): void {
  if (safeMethods.has(request.method)) return;
  const site = request.headers.get('sec-fetch-site');
  if (site === 'same-origin') return;
  if (site === null && isOurs(request, origin)) return;
  throw new DomainError(
    'FORBIDDEN',
    'This change was asked for from another site. Send it from Sightline’s own pages, or with an API key.',
  );
}

/** Where Sec-Fetch-Site is not sent, the sender must be where the browser sees us. Hosts are compared, not schemes: TLS may end in front. */
function isOurs(request: Request, origin: string): boolean {
  const sender = request.headers.get('origin');
  if (sender === null || !URL.canParse(sender)) return false;
  const { host } = new URL(sender);
  return host !== '' && (host === new URL(origin).host || host === new URL(requestOrigin(request.headers)).host);
}
