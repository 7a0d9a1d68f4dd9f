import { type NextRequest, NextResponse } from 'next/server';
import { env } from '@/lib/core/env';

/**
 * Content security policy with a nonce per document. Scripts run only from our own origin (or with the nonce), WebAssembly may
 * compile, workers come from our own files or the blobs the runtime's threads are made of. `connect-src` allows other hosts
 * because a person may ask for an image by its URL; nothing else of the page ever leaves the origin (an e2e test watches).
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = btoa(crypto.randomUUID());
  // Development builds of React evaluate code to rebuild stack traces; production never does.
  const evaluation = env.NODE_ENV === 'development' ? " 'unsafe-eval'" : '';
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'wasm-unsafe-eval'${evaluation}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "media-src 'self' blob:",
    "font-src 'self'",
    "connect-src 'self' blob: data: https: http:",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  // For pages that send people to sign in and back: a server component cannot ask where it is.
  headers.set('x-page-path', `${request.nextUrl.pathname}${request.nextUrl.search}`);
  // Next reads the nonce for its own scripts from the policy on the request.
  headers.set('Content-Security-Policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('Content-Security-Policy', policy);
  return response;
}

/**
 * Documents only: assets carry no scripts of their own to protect, and should stay cacheable. The API is left out because Next
 * cuts the body of every request that passes here at 10 MB, silently; its one document, the reference, comes back in.
 */
export const config = {
  matcher: [
    { source: '/((?!api/|v1/|_next/static|_next/image|examples/|demo/|favicon|icon|manifest|sw\\.js).*)' },
    { source: '/api/docs' },
  ],
};
