import type { Environment } from '@/lib/core/env';
import type { Services } from '@/lib/domain/context';
import { handleAuth } from '@/lib/http/auth-handler';

/** A browser of a test: keeps cookies, and sends what browsers send. */
export class TestBrowser {
  readonly cookies = new Map<string, string>();

  constructor(
    private readonly services: Services,
    private readonly settings: Environment,
    readonly origin = 'http://localhost:3000',
  ) {}

  get(path: string): Promise<Response> {
    return this.send(new Request(new URL(path, this.origin), { headers: this.headers() }));
  }

  /** Sends a form as a script of our own page, with the CSRF token of this browser. */
  async post(path: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> {
    const { csrfToken } = (await (await this.get('/api/auth/csrf')).json()) as { csrfToken: string };
    const body = new URLSearchParams({ csrfToken, json: 'true', ...fields });
    const sent = { ...this.headers(), 'sec-fetch-site': 'same-origin', ...headers };
    return this.send(new Request(new URL(path, this.origin), { method: 'POST', body, headers: sent }));
  }

  /** Signs in as the sign-in page does; gives the code of the refusal, or null. */
  async signIn(fields: Record<string, string>): Promise<string | null> {
    const reply = await this.post('/api/auth/callback/credentials', fields);
    const { url } = (await reply.json()) as { url: string };
    return new URL(url, this.origin).searchParams.get('error');
  }

  private headers(): Record<string, string> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return { cookie, host: new URL(this.origin).host, 'x-forwarded-for': '192.0.2.1' };
  }

  private async send(request: Request): Promise<Response> {
    const action = new URL(request.url).pathname.split('/').slice(3);
    const reply = await handleAuth(this.services, request, action, this.settings);
    for (const line of reply.headers.getSetCookie()) this.keep(line);
    return reply;
  }

  private keep(line: string): void {
    const [pair, ...attributes] = line.split('; ');
    const at = pair.indexOf('=');
    const isDeletion = attributes.includes('Max-Age=0');
    if (isDeletion) this.cookies.delete(pair.slice(0, at));
    else this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
  }
}
