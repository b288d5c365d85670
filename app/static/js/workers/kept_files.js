// The part of a service worker that keeps files: the server puts before it what is kept, self.KEPT = { name, build,
// files }, and behind it the worker of one sort of pages (door_app.js, table_app.js).
/* global clients */

const FILES = `${self.KEPT.name}-${self.KEPT.build}`;
const BUILDS_KEPT = 2; // a page still open asks for the files it began with
const PATIENCE = 4000; // hotel Wi-Fi rather hangs than fails

self.addEventListener("install", (event) => {
  const keepAll = async () => {
    await (await caches.open(FILES)).addAll(self.KEPT.files);
    await self.skipWaiting();
  };
  event.waitUntil(keepAll());
});

self.addEventListener("activate", (event) => {
  const tidy = async () => {
    const builds = (await caches.keys()).filter((name) => name.startsWith(`${self.KEPT.name}-`));
    await Promise.all(builds.slice(0, -BUILDS_KEPT).map((name) => caches.delete(name)));
    await clients.claim();
  };
  event.waitUntil(tidy());
});

// The server's answer where it comes in time, else what `instead` finds, else whatever becomes of the question.
async function answerOr(request, instead) {
  const network = fetch(request);
  network.catch(() => {});
  const tooLong = new Promise((done) => setTimeout(() => done(null), PATIENCE));
  try {
    const answer = await Promise.race([network, tooLong]);
    if (answer && answer.status < 500) return answer;
    return (await instead()) ?? answer ?? network;
  } catch (problem) {
    const found = await instead();
    if (!found) throw problem;
    return found;
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  const kept = async () => (await caches.match(request)) ?? fetch(request);
  if (address.pathname.startsWith("/s/")) event.respondWith(kept());
});
