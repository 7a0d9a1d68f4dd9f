// Keeps the Test tab usable when the server is away: the last document, its hashed assets (the runtime included), the
// example images and the demo models. It never stores what a person drops: those never travel through a request.
const cacheName = 'sightline-shell-2';

/** More than one version of the application with its runtime (about 60 files); the oldest go first. */
const mostEntries = 240;

self.addEventListener('install', () => self.skipWaiting());

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== cacheName).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

// The page tells what it had loaded before this worker controlled it.
self.addEventListener('message', (event) => {
  if (event.data?.kind !== 'keep' || !Array.isArray(event.data.urls)) return;
  event.waitUntil(keepAll(event.data.urls.filter((url) => isShell(new URL(url, self.location.origin)))));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (request.mode === 'navigate' && url.pathname === '/test') event.respondWith(networkFirst(request, '/test'));
  else if (isHashed(url)) event.respondWith(cacheFirst(request));
  else if (isShipped(url)) event.respondWith(networkFirst(request, url.pathname));
});

/** Hashed by the build: the same address always means the same bytes. */
function isHashed(url) {
  return url.pathname.startsWith('/_next/static/');
}

/** Files that come with a version of the program and have the same address in the next one. */
function isShipped(url) {
  return url.pathname.startsWith('/examples/') || url.pathname.startsWith('/demo/');
}

function isShell(url) {
  return url.origin === self.location.origin && (isHashed(url) || isShipped(url) || url.pathname === '/test');
}

async function networkFirst(request, key) {
  const cache = await caches.open(cacheName);
  try {
    const reply = await fetch(request);
    if (reply.status === 200) await cache.put(key, reply.clone());
    return reply;
  } catch (fault) {
    const kept = await cache.match(key, { ignoreVary: true });
    if (kept) return kept;
    throw fault;
  }
}

async function cacheFirst(request) {
  const cache = await caches.open(cacheName);
  const kept = await cache.match(request, { ignoreVary: true });
  if (kept) return kept;
  const reply = await fetch(request);
  if (reply.status === 200) {
    await cache.put(request, reply.clone());
    await forgetOldest(cache);
  }
  return reply;
}

async function keepAll(urls) {
  const cache = await caches.open(cacheName);
  for (const url of new Set(urls)) {
    const isKept = await cache.match(url, { ignoreVary: true });
    // A file that fails now is asked for again on its next use: nothing to report.
    if (!isKept) await cache.add(url).catch(() => undefined);
  }
}

async function forgetOldest(cache) {
  const requests = await cache.keys();
  const surplus = requests
    .filter((request) => !request.url.endsWith('/test'))
    .slice(0, Math.max(0, requests.length - mostEntries));
  await Promise.all(surplus.map((request) => cache.delete(request)));
}
