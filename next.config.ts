import { fileURLToPath } from 'node:url';
import type { NextConfig } from 'next';

/**
 * Sent with every reply, assets and worker scripts included: WebAssembly threads need SharedArrayBuffer, which browsers give
 * only to cross-origin isolated pages, and isolation is lost as soon as one worker or asset lacks these headers.
 * The content security policy is per request and lives in proxy.ts.
 */
const securityHeaders = [
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Embedder-Policy', value: 'require-corp' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'no-referrer' },
  { key: 'Permissions-Policy', value: 'camera=(self), microphone=(), geolocation=(), browsing-topics=()' },
];

/** Replies of the API are data: no browser may run or frame anything of them, whatever it takes them for. */
const dataPolicy = { key: 'Content-Security-Policy', value: "default-src 'none'; frame-ancestors 'none'; sandbox" };

/** Loaded from node_modules as they are: they hold native code, or load files of their own at run time. */
const serverExternalPackages = [
  '@aws-sdk/client-s3',
  '@node-rs/argon2',
  'flydrive',
  'nodemailer',
  'onnxruntime-node',
  'pg',
  'pg-boss',
  'pino',
  'prom-client',
  'sharp',
  'undici',
];

const nextConfig: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Types are checked by `npm run types` with everything else; a person's first start need not wait for them again.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages,
  turbopack: { root: fileURLToPath(new URL('.', import.meta.url)) },
  async headers() {
    return [
      { source: '/:path*', headers: securityHeaders },
      { source: '/api/:path((?!docs$).*)', headers: [dataPolicy] },
      { source: '/v1/:path*', headers: [dataPolicy] },
    ];
  },
};

export default nextConfig;
