// Following the other phones: one tiny question whether anything moved, and only then what changed.
//
// `page` answers: root (data-live, data-topics, data-changes), seq(), received(state), reached(isReached), shutOut().

import { jitter, newUuid, request } from "../http.js";

const EVERY = 2000;
const SLOWEST = 30000;

export class Follower {
  constructor(page) {
    this.page = page;
    this.shown = new Map(); // topic -> the version this page shows
    for (const topic of page.root.dataset.topics.split(" ")) {
      const [name, version] = topic.split(":");
      this.shown.set(name, Number(version));
    }
    this.url = `${page.root.dataset.live}?${[...this.shown.keys()].map((name) => `t=${encodeURIComponent(name)}`).join("&")}`;
    // A member's phone says that the page is open; the word means nothing and is new with each page.
    const { here } = page.root.dataset;
    if (here) this.url += `&here=${encodeURIComponent(here)}&me=${newUuid()}`;
    this.etag = "";
    this.atLeast = 0;
    this.failures = 0;
    this.isAsking = false;
    document.addEventListener("visibilitychange", () => this.ask());
    for (const sign of ["online", "pageshow"]) addEventListener(sign, () => this.ask());
    if ("fromPhone" in page.root.dataset) this.ask(); // the server did not answer for the page itself
    else this.schedule();
  }

  schedule() {
    clearTimeout(this.timer);
    const pause = Math.max(this.atLeast, Math.min(EVERY * 2 ** this.failures, SLOWEST));
    this.timer = setTimeout(() => this.ask(), jitter(pause));
  }

  async ask() {
    clearTimeout(this.timer);
    if (document.hidden || this.isAsking) return;
    this.isAsking = true;
    try {
      await this.compare();
      this.failures = 0;
      this.page.reached(true);
    } catch {
      this.failures += 1;
      this.page.reached(false);
    }
    this.isAsking = false;
    this.schedule();
  }

  async compare() {
    const response = await request(this.url, { headers: this.etag ? { "If-None-Match": this.etag } : {} });
    this.atLeast = Number(response.headers.get("Poll-After")) || 0;
    if (response.status === 304) return;
    if (response.status !== 200) throw new Error(`HTTP ${response.status}`);
    const versions = await response.json();
    if ([...this.shown].some(([name, version]) => name in versions && versions[name] !== version)) await this.fetchChanges();
    for (const [name, version] of Object.entries(versions)) this.shown.set(name, version);
    this.etag = response.headers.get("ETag") ?? "";
  }

  async fetchChanges() {
    const { changes } = this.page.root.dataset;
    const response = await request(`${changes}${changes.includes("?") ? "&" : "?"}since=${this.page.seq()}`);
    if ([401, 403, 404].includes(response.status)) this.page.shutOut();
    if (response.status !== 200) throw new Error(`HTTP ${response.status}`);
    this.page.received(await response.json());
  }
}
