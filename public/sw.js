// Keeps the Test tab usable when the server is away: the last document, its hashed assets (the runtime included) and the
// example images. It never stores what a person drops: those never travel through a request.
const cacheName = 'sightline-shell-1';

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
  if (request.mode === 'navigate' && url.pathname === '/test') event.respondWith(networkFirst(request));
  else if (isAsset(url)) event.respondWith(cacheFirst(request));
});

/** Hashed by the build or drawn once: the same address always means the same bytes. */
function isAsset(url) {
  return url.pathname.startsWith('/_next/static/') || url.pathname.startsWith('/examples/');
}

function isShell(url) {
  return url.origin === self.location.origin && (isAsset(url) || url.pathname === '/test');
}

async function networkFirst(request) {
  const cache = await caches.open(cacheName);
  try {
    const reply = await fetch(request);
    if (reply.ok) await cache.put('/test', reply.clone());
    return reply;
  } catch (fault) {
    const kept = await cache.match('/test');
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
