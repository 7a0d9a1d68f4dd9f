import { describe, expect, it } from 'vitest';
import { parseSignInFault, providerSignInUrl, signIn, signOut } from '@/lib/client/sign-in';

type Sent = { readonly url: string; readonly body: URLSearchParams | null };

/** A server of two answers: the token, and what it says to the form. */
function server(answer: { url: string; status?: number } | 'away' | 'nonsense') {
  const sent: Sent[] = [];
  const fetcher: typeof fetch = async (input, init) => {
    const body = init?.body instanceof URLSearchParams ? init.body : null;
    sent.push({ url: String(input), body });
    if (answer === 'away') throw new TypeError('fetch failed');
    if (answer === 'nonsense') return new Response('<html>Bad gateway</html>', { status: 502 });
    if (body === null) return Response.json({ csrfToken: 'token-1' });
    return Response.json({ url: answer.url }, { status: answer.status ?? 200 });
  };
  return { fetcher, sent };
}

const credentials = { email: 'ada@example.com', password: 'a long sentence', code: '' };

describe('signIn', () => {
  it('sends the form with its token to this origin only', async () => {
    const { fetcher, sent } = server({ url: 'http://localhost/home' });
    expect(await signIn(credentials, fetcher)).toEqual({ kind: 'signed-in' });
    expect(sent.map(({ url }) => url)).toEqual(['/api/auth/csrf', '/api/auth/callback/credentials']);
    expect(Object.fromEntries(sent[1]?.body ?? [])).toMatchObject({ ...credentials, csrfToken: 'token-1' });
  });

  it('tells why it was refused', async () => {
    const { fetcher } = server({ url: 'http://localhost/sign-in?error=second-factor-needed', status: 401 });
    expect(await signIn(credentials, fetcher)).toEqual({
      kind: 'refused',
      refusal: 'second-factor-needed',
      waitSeconds: null,
    });
  });

  it('does not take an unexplained refusal for a success', async () => {
    const { fetcher } = server({ url: 'http://localhost/sign-in', status: 500 });
    expect(await signIn(credentials, fetcher)).toMatchObject({ refusal: 'unexpected' });
  });

  it.each(['away', 'nonsense'] as const)('says that the server is out of reach when it is %s', async (state) => {
    const { fetcher } = server(state);
    expect(await signIn(credentials, fetcher)).toMatchObject({ refusal: 'unreachable' });
  });
});

describe('parseSignInFault', () => {
  it('reads how long to wait', () => {
    expect(parseSignInFault('too-many-attempts:44.2')).toEqual({ refusal: 'too-many-attempts', waitSeconds: 45 });
    expect(parseSignInFault('too-many-attempts')).toEqual({ refusal: 'too-many-attempts', waitSeconds: null });
    expect(parseSignInFault('wrong-credentials:9')).toEqual({ refusal: 'wrong-credentials', waitSeconds: null });
  });

  it('does not repeat words of strangers', () => {
    expect(parseSignInFault('<script>')).toEqual({ refusal: 'unexpected', waitSeconds: null });
    expect(parseSignInFault('')).toEqual({ refusal: 'unexpected', waitSeconds: null });
  });
});

describe('providerSignInUrl and signOut', () => {
  it('gives the provider’s address, and nothing when the server refuses', async () => {
    const url = 'https://github.com/login/oauth/authorize?state=1';
    expect(await providerSignInUrl('github', '/home', server({ url }).fetcher)).toBe(url);
    expect(await providerSignInUrl('github', '/home', server({ url, status: 500 }).fetcher)).toBeNull();
  });

  it('answers whether the session ended', async () => {
    expect(await signOut(server({ url: '/sign-in' }).fetcher)).toBe(true);
    expect(await signOut(server('away').fetcher)).toBe(false);
  });
});
