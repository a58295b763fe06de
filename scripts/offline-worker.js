/**
 * The service worker: keeps the app's own files, so that it opens and runs without a network. `files` (kept at once)
 * and `engines` (kept when they are first used: they are large) are put in front of it when the app is built.
 * Nothing of other sites and nothing a person made goes through here.
 */
/* global files, engines */
const cacheName = 'sentential-app';
/** Servers vary by who asks ("Vary: Origin"); the files are the same for all. */
const forAll = { ignoreVary: true };
const page = './';
const known = new Set([page, ...files, ...engines].map((file) => new URL(file, self.location.href).href));

self.addEventListener('install', (event) => event.waitUntil(keepFiles()));
self.addEventListener('activate', (event) => event.waitUntil(takeOver()));
self.addEventListener('fetch', (event) => {
  const { method, mode, url } = event.request;
  if (method !== 'GET') return;
  if (mode === 'navigate' && url.split('#')[0] === new URL(page, self.location.href).href)
    event.respondWith(newestPage(event.request));
  else if (known.has(url)) event.respondWith(keptFile(event.request));
});

async function keepFiles() {
  const cache = await caches.open(cacheName);
  await cache.addAll([page, ...files]);
  await self.skipWaiting();
}

/** Files of former versions go. */
async function takeOver() {
  const cache = await caches.open(cacheName);
  const kept = await cache.keys();
  await Promise.all(kept.filter(({ url }) => !known.has(url)).map((request) => cache.delete(request)));
  await self.clients.claim();
}

/** From the network while there is one, so that a new version is seen at once. */
async function newestPage(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await caches.match(page, { cacheName, ...forAll });
    if (kept) return kept;
    throw error;
  }
}

/** Names of files change with their content: what is kept is right for ever. */
async function keptFile(request) {
  const cache = await caches.open(cacheName);
  const kept = await cache.match(request, forAll);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) await cache.put(request, response.clone()).catch(() => undefined); // a full disk
  return response;
}
