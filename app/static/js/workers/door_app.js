// The door's service worker: its pages open without the network. /staff/sw.js puts before it what is to be kept,
// self.KEPT = { build, files, shell }. Only files and one empty page are kept; people are in door/roster.js.
/* global clients */

const { build, files, shell } = self.KEPT;
const CACHE = `door-${build}`;
const BUILDS_KEPT = 2; // a page still open asks for the files it began with
const PATIENCE = 4000; // hotel Wi-Fi rather hangs than fails
const NEVER_OURS = /^\/staff\/(pair|leave)/;

const fetchShell = async () => {
  const answer = await fetch(shell, { cache: "no-store" });
  if (answer.ok && !answer.redirected) await (await caches.open(CACHE)).put(shell, answer);
};

self.addEventListener("install", (event) => {
  const keepAll = async () => {
    await (await caches.open(CACHE)).addAll(files);
    await fetchShell();
    await self.skipWaiting();
  };
  event.waitUntil(keepAll());
});

self.addEventListener("activate", (event) => {
  const tidy = async () => {
    const builds = (await caches.keys()).filter((name) => name.startsWith("door-"));
    await Promise.all(builds.slice(0, -BUILDS_KEPT).map((name) => caches.delete(name)));
    await clients.claim();
  };
  event.waitUntil(tidy());
});

// A page that was opened says so: the kept page is renewed in the language it is read in.
self.addEventListener("message", (event) => {
  if (event.data === "opened") event.waitUntil(fetchShell().catch(() => {}));
});

const kept = async (request) => (await caches.match(request)) ?? fetch(request);

async function page(request) {
  const network = fetch(request);
  network.catch(() => {});
  const tooLong = new Promise((done) => setTimeout(() => done(null), PATIENCE));
  try {
    const answer = await Promise.race([network, tooLong]);
    if (answer && answer.status < 500) return answer;
    return (await caches.match(shell)) ?? answer ?? network;
  } catch (problem) {
    const found = await caches.match(shell);
    if (!found) throw problem;
    return found;
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (address.pathname.startsWith("/s/")) event.respondWith(kept(request));
  else if (request.mode === "navigate" && !NEVER_OURS.test(address.pathname)) event.respondWith(page(request));
});
