// Live blocks of a page: one small question for all of them, then only the fragments that moved.

import { jitter, request } from "../http.js";
import { startAll } from "../main.js";

const blocks = new Map(); // element -> { src, topics, every }
let known = null;
let etag = "";
let timer = 0;
let failures = 0;

export function init(element) {
  const { liveSrc: src, liveTopics: topics, liveEvery: every } = element.dataset;
  blocks.set(element, { src, topics: topics.split(" ").filter(Boolean), every: Number(every) });
  if (blocks.size === 1) {
    document.addEventListener("visibilitychange", () => (document.hidden ? stop() : ask()));
    schedule(0);
  }
}

const stop = () => clearTimeout(timer);

function schedule(ms) {
  stop();
  if (!document.hidden) timer = setTimeout(ask, ms);
}

async function ask() {
  stop();
  for (const element of blocks.keys()) if (!element.isConnected) blocks.delete(element);
  if (!blocks.size) return;
  const topics = [...new Set([...blocks.values()].flatMap((block) => block.topics))];
  const url = `/live?${topics.map((topic) => `t=${encodeURIComponent(topic)}`).join("&")}`;
  try {
    const response = await request(url, { headers: etag ? { "If-None-Match": etag } : {} });
    if (response.status === 200) {
      const versions = await response.json();
      const moved = known ? topics.filter((topic) => versions[topic] !== known[topic]) : [];
      if (moved.length) await renew(moved);
      known = versions;
      etag = response.headers.get("ETag") ?? "";
    }
    failures = 0;
  } catch {
    failures += 1;
  }
  const every = Math.min(...[...blocks.values()].map((block) => block.every));
  schedule(jitter(Math.min(every * 2 ** failures, 60000)));
}

async function renew(moved) {
  for (const [element, block] of blocks) {
    if (!block.topics.some((topic) => moved.includes(topic))) continue;
    const response = await request(block.src, { headers: { Accept: "text/html" } });
    if (response.ok) swap(element, await response.text());
  }
}

// A block in which somebody types is left alone until they leave it.
function swap(element, html) {
  if (element.contains(document.activeElement) && document.activeElement.matches("input, textarea, select")) return;
  const fresh = new DOMParser().parseFromString(html, "text/html").body;
  element.replaceChildren(...fresh.childNodes);
  startAll(element);
}
