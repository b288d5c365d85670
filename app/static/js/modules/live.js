// Live blocks of a page: one small question for all of them, then only the fragments that moved.
//
// A block carries its topics as "<signed topic>:<version it shows>", so that nothing is missed between the page's
// making and the first question. The server may slow everybody down with the header Poll-After (milliseconds), and
// says with it how long it wants to rest after a block that was dear to make.
// `fresh`: a block is fetched again after so long although nothing moved, because it tells of time that passes.

import { jitter, request } from "../http.js";
import { startAll } from "../main.js";

const SLOWEST = 60000;
const blocks = new Map(); // element -> { src, every, fresh, shown: Map(topic -> version), isStale, fetchedAt }
let etag = "";
let timer = 0;
let failures = 0;
let atLeast = 0;
let rest = 0; // milliseconds of rest that the server wants after what it made the last time
let isAsking = false;
let hasBegun = false;

export function init(element) {
  const { liveSrc: src, liveTopics: topics, liveEvery: every, liveFresh: fresh = 0 } = element.dataset;
  const shown = new Map();
  for (const topic of topics.split(" ").filter(Boolean)) {
    const [name, version] = topic.split(":");
    shown.set(name, Number(version));
  }
  blocks.set(element, { src, every: Number(every), fresh: Number(fresh), shown, isStale: false, fetchedAt: performance.now() });
  etag = "";
  element.addEventListener("focusout", () => setTimeout(() => renewStale().catch(() => {}), 0));
  if (!hasBegun) begin();
}

function begin() {
  hasBegun = true;
  document.addEventListener("visibilitychange", () => (document.hidden ? clearTimeout(timer) : ask()));
  window.addEventListener("pageshow", (event) => event.persisted && ask());
  window.addEventListener("online", ask);
  schedule();
}

// The time is counted from the last question's beginning, but one that took long is followed by as long a pause.
function schedule(took = 0) {
  clearTimeout(timer);
  if (document.hidden || !blocks.size) return;
  const every = Math.max(atLeast, Math.min(...[...blocks.values()].map((block) => block.every)));
  const pause = jitter(Math.min(every * 2 ** failures, SLOWEST));
  timer = setTimeout(ask, Math.max(pause - took, Math.min(took, pause), jitter(rest)));
}

async function ask() {
  if (isAsking) return;
  isAsking = true;
  const began = performance.now();
  rest = 0;
  clearTimeout(timer);
  for (const element of blocks.keys()) if (!element.isConnected) blocks.delete(element);
  try {
    if (blocks.size) await compare();
    failures = 0;
  } catch {
    failures += 1;
  }
  tellWhenCutOff();
  isAsking = false;
  schedule(performance.now() - began);
}

async function compare() {
  const topics = new Set([...blocks.values()].flatMap((block) => [...block.shown.keys()]));
  const url = `/live?${[...topics].map((topic) => `t=${encodeURIComponent(topic)}`).join("&")}`;
  const response = await request(url, { headers: etag ? { "If-None-Match": etag } : {} });
  atLeast = Number(response.headers.get("Poll-After")) || 0;
  if (response.status === 200) {
    const versions = await response.json();
    etag = response.headers.get("ETag") ?? "";
    for (const block of blocks.values()) {
      for (const [topic, version] of block.shown) {
        if (topic in versions && versions[topic] !== version) block.isStale = true;
        block.shown.set(topic, versions[topic] ?? version);
      }
    }
  } else if (response.status !== 304) {
    throw new Error(`HTTP ${response.status}`);
  }
  await renewStale();
}

async function renewStale() {
  for (const [element, block] of blocks) {
    if (block.fresh && performance.now() - block.fetchedAt >= block.fresh) block.isStale = true;
    if (block.isStale && !isBusy(element)) await renew(element, block);
  }
}

async function renew(element, block) {
  block.isStale = false;
  block.fetchedAt = performance.now();
  try {
    const response = await request(block.src, { headers: { Accept: "text/html", "Live-Block": "1" } });
    rest = Math.max(rest, Number(response.headers.get("Poll-After")) || 0);
    // Signed out, or no longer allowed: what stands there stays, and nobody asks again.
    if (response.redirected || (response.status >= 400 && response.status < 500)) blocks.delete(element);
    else if (!response.ok) throw new Error(`HTTP ${response.status}`);
    else swap(element, await response.text());
  } catch (problem) {
    block.isStale = true;
    throw problem;
  }
}

// Somebody is typing here, or has typed and not sent: the block waits.
function isBusy(element) {
  const fields = [...element.querySelectorAll("input, textarea, select")];
  return fields.some((field) => {
    if (field === document.activeElement) return true;
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    if (field.tagName === "SELECT") return false;
    return field.type !== "hidden" && field.value !== field.defaultValue;
  });
}

function swap(element, html) {
  const focused = element.contains(document.activeElement) ? document.activeElement.id : "";
  const open = [...element.querySelectorAll("details[open][id]")].map((details) => details.id);
  const fresh = new DOMParser().parseFromString(html, "text/html").body;
  element.replaceChildren(...fresh.childNodes);
  for (const id of open) element.querySelector(`#${CSS.escape(id)}`)?.setAttribute("open", "");
  if (focused) element.querySelector(`#${CSS.escape(focused)}`)?.focus({ preventScroll: true });
  startAll(element);
}

// Old figures that look new mislead: after three questions without an answer the page says so.
function tellWhenCutOff() {
  const note = document.querySelector("[data-cut-off]");
  if (note) note.hidden = failures < 3;
}
