import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { extname, join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { buildSync } from 'esbuild';
import { chromiumFlags } from '../e2e/support/chromium-flags';
import { freePort } from './server';

/** A Chromium as the journeys use it. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM_PATH,
    args: [...chromiumFlags, '--enable-precise-memory-info'],
  });
}

/**
 * Runs a function before the scripts of every document of the page, on which the demo stays away. The compiler of these files
 * names inner functions by a helper the page lacks.
 */
export async function addPageScript(page: Page, script: () => void): Promise<void> {
  await page.addInitScript('globalThis.__name = (named) => named;');
  await page.addInitScript(() => window.localStorage.setItem('sightline.demo', 'hidden'));
  await page.addInitScript(script);
}

export type BenchSite = { readonly origin: string; stop(): void };

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
};

/**
 * Serves a cross-origin isolated page that runs one bundled entry of bench/browser/, beside the bare runtime's own files and
 * whatever `extra` holds: the ground the application is measured against.
 */
export async function serveBench(entry: string, extra: Readonly<Record<string, Uint8Array>> = {}): Promise<BenchSite> {
  const bundle = buildSync({
    entryPoints: [join('bench', 'browser', entry)],
    bundle: true,
    format: 'esm',
    write: false,
    target: 'es2022',
    alias: { '@': process.cwd() },
  }).outputFiles[0].contents;
  const files: Record<string, Uint8Array> = {
    '/': new TextEncoder().encode('<!doctype html><title>bench</title><script type="module" src="/entry.js"></script>'),
    '/entry.js': bundle,
    ...extra,
  };
  const server: Server = createServer(async (request, reply) => {
    const path = new URL(request.url ?? '/', 'http://bench').pathname;
    const own = files[path];
    const isRuntime = path.startsWith('/ort/') && !path.includes('..');
    const body = own ?? (isRuntime ? await readFile(join('node_modules/onnxruntime-web/dist', path.slice(5))) : null);
    reply.writeHead(body ? 200 : 404, {
      'Content-Type': types[extname(path) || '.html'] ?? 'application/octet-stream',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
    });
    reply.end(body ?? '');
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, resolve));
  return { origin: `http://localhost:${port}`, stop: () => server.close() };
}
