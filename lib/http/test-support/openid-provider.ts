import { createHash, createSign, generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';

export type OpenIdProvider = {
  readonly issuer: string;
  /** Whom the provider vouches for from now on. */
  setClaims(claims: Record<string, unknown>): void;
  /** What the person's browser is sent back with after agreeing at `authorizationUrl`. */
  agree(authorizationUrl: string): URL;
  close(): Promise<void>;
};

type Agreement = { readonly nonce: string | null; readonly challenge: string | null; readonly redirectUri: string };

/** An OpenID Connect provider of a test: discovery, PKCE, signed tokens; its codes work once. Port 0: any free one. */
export async function startOpenIdProvider(clientId: string, port = 0): Promise<OpenIdProvider> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const agreements = new Map<string, Agreement>();
  let claims: Record<string, unknown> = {};
  let issuer = '';

  const replies: Record<string, (request: IncomingMessage) => Promise<unknown>> = {
    '/.well-known/openid-configuration': async () => ({
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/keys`,
      response_types_supported: ['code'],
      id_token_signing_alg_values_supported: ['RS256'],
    }),
    '/keys': async () => ({
      keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'test', use: 'sig', alg: 'RS256' }],
    }),
    '/token': async (request) => {
      const form = new URLSearchParams(await textOf(request));
      const code = form.get('code') ?? '';
      const agreement = agreements.get(code);
      agreements.delete(code);
      const verifier = createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url');
      if (agreement === undefined || agreement.challenge !== verifier) return { error: 'invalid_grant' };
      const seconds = Math.floor(Date.now() / 1000);
      const signed = { iss: issuer, aud: clientId, iat: seconds, exp: seconds + 60, nonce: agreement.nonce, ...claims };
      return { access_token: randomUUID(), token_type: 'Bearer', id_token: idToken(signed) };
    },
  };

  function idToken(payload: Record<string, unknown>): string {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const head = `${part({ alg: 'RS256', kid: 'test', typ: 'JWT' })}.${part(payload)}`;
    return `${head}.${createSign('RSA-SHA256').update(head).sign(privateKey, 'base64url')}`;
  }

  const server = createServer(async (request, response) => {
    const reply = await replies[new URL(request.url ?? '/', issuer).pathname]?.(request);
    const isError = reply === undefined || (typeof reply === 'object' && reply !== null && 'error' in reply);
    response.writeHead(isError ? 400 : 200, { 'Content-Type': 'application/json' }).end(JSON.stringify(reply ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  issuer = `http://127.0.0.1:${address.port}`;
  return {
    issuer,
    setClaims(next) {
      claims = next;
    },
    agree(authorizationUrl) {
      const { searchParams } = new URL(authorizationUrl);
      const code = randomUUID();
      const redirectUri = searchParams.get('redirect_uri') ?? '';
      agreements.set(code, {
        nonce: searchParams.get('nonce'),
        challenge: searchParams.get('code_challenge'),
        redirectUri,
      });
      const back = new URL(redirectUri);
      back.search = new URLSearchParams({ code, state: searchParams.get('state') ?? '' }).toString();
      return back;
    },
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}
