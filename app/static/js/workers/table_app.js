// A group's page opens without the network: /x/sw.js puts kept_files.js before this. The page itself keeps its words
// (work/kept_page.js); here they are shown when the server does not answer, and erased when it says no.
/* global answerOr */

const PAGES = "table-pages"; // as in work/kept_page.js
const GONE = [401, 403, 404, 410];

async function keptPage(request) {
  const found = await (await caches.open(PAGES)).match(request.url);
  if (!found) return undefined;
  if (!(Date.parse(found.headers.get("Kept-Until")) > Date.now())) return forget(request.url);
  const headers = { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": self.KEPT.policy };
  const words = (await found.text()).replace("data-kept-until=", "data-from-phone data-kept-until=");
  return new Response(words, { headers });
}

async function forget(url) {
  const [address] = url.split("#"); // a request keeps the step of the page in its address
  const pages = await caches.open(PAGES);
  await Promise.all([pages.delete(address), pages.delete(`${address}/state`)]);
  return undefined;
}

async function page(request) {
  const answer = await answerOr(request, () => keptPage(request));
  if (GONE.includes(answer.status)) await forget(request.url);
  return answer;
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  const isGroupPage = /^\/x\/[^/]+$/.test(address.pathname) && !address.search;
  if (request.mode === "navigate" && request.method === "GET" && isGroupPage) event.respondWith(page(request));
});
