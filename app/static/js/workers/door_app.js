// The door's pages open without the network: /staff/sw.js puts kept_files.js before this, and self.KEPT.shell.
// Only files and one empty page are kept; people are in door/roster.js.
/* global FILES, answerOr */

const { shell } = self.KEPT;
const NEVER_OURS = /^\/staff\/(pair|leave)/;

const fetchShell = async () => {
  const answer = await fetch(shell, { cache: "no-store" });
  if (answer.ok && !answer.redirected) await (await caches.open(FILES)).put(shell, answer);
};

self.addEventListener("install", (event) => event.waitUntil(fetchShell()));

// A page that was opened says so: the kept page is renewed in the language it is read in.
self.addEventListener("message", (event) => {
  if (event.data === "opened") event.waitUntil(fetchShell().catch(() => {}));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.mode !== "navigate" || address.origin !== self.location.origin) return;
  if (!NEVER_OURS.test(address.pathname)) event.respondWith(answerOr(request, () => caches.match(shell)));
});
