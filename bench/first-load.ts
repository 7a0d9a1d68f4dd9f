import { gzipSync } from 'node:zlib';
import type { Measurement } from './measure';

/**
 * Kilobytes of gzipped script that the document of /test asks for before anything is dropped: every script element and module
 * preload of the HTML. The runtime's WebAssembly and its loader are fetched by the worker later and do not count.
 */
export async function measureFirstLoad(origin: string): Promise<Measurement> {
  const html = await (await fetch(`${origin}/test`)).text();
  const paths = new Set<string>();
  for (const [tag] of html.matchAll(/<script\b[^>]*>/g)) {
    // `nomodule` polyfills are for browsers that cannot run the page's workers anyway, and are never fetched by ours.
    const source = /\ssrc="([^"]+)"/.exec(tag)?.[1];
    if (source && !/\snomodule/i.test(tag)) paths.add(source);
  }
  for (const [, path] of html.matchAll(/<link\b[^>]*rel="(?:modulepreload|preload)"[^>]*href="([^"]+\.js[^"]*)"/g))
    paths.add(path);
  let bytes = 0;
  for (const path of paths) {
    const script = Buffer.from(await (await fetch(new URL(path, origin))).arrayBuffer());
    bytes += gzipSync(script, { level: 6 }).length;
  }
  return {
    name: 'first load of /test, gzipped script',
    value: bytes / 1024,
    limit: 250,
    unit: 'KB',
    detail: `${paths.size} scripts`,
  };
}
