// What this phone keeps of the own group's page for the time without a network: the page as it was opened, and the
// cards as last heard of. workers/table_app.js shows it. The server says until when; a no from it erases all at once.

const PAGES = "table-pages"; // as in workers/table_app.js
const PAUSE = 500;

export class KeptPage {
  constructor(root) {
    this.address = location.href.split(/[?#]/)[0];
    this.isOwn = Boolean(globalThis.caches && root.dataset.keptUntil && !location.search);
    this.isFromPhone = "fromPhone" in root.dataset;
    this.group = root.dataset.group;
    this.timer = 0;
    this.until = root.dataset.keptUntil ?? "";
  }

  // Called before anything on the page is changed.
  async open(html) {
    if (!globalThis.caches) return;
    await this.tidy();
    if (this.isOwn && !this.isFromPhone) await this.put(this.address, `<!doctype html>${html}`);
  }

  // The state as last heard of, for a page that the phone showed itself.
  async state() {
    if (!this.isFromPhone) return null;
    const kept = await (await (await caches.open(PAGES)).match(`${this.address}/state`))?.json();
    return kept?.group === this.group ? kept.state : null;
  }

  // `read()` gives the whole state; many changes in a row are written down once.
  keep(read) {
    if (!this.isOwn || this.timer) return;
    this.timer = setTimeout(() => {
      this.timer = 0;
      if (!this.isOwn) return;
      this.put(`${this.address}/state`, JSON.stringify({ group: this.group, state: read() })).catch(() => {});
    }, PAUSE);
  }

  // The link was withdrawn, or the exercise is over.
  async forget() {
    this.isOwn = false;
    clearTimeout(this.timer);
    if (!globalThis.caches) return;
    const pages = await caches.open(PAGES);
    await Promise.all([pages.delete(this.address), pages.delete(`${this.address}/state`)]);
  }

  async put(address, body) {
    await (await caches.open(PAGES)).put(address, new Response(body, { headers: { "Kept-Until": this.until } }));
  }

  // Exercises of other days go when any group's page is opened.
  async tidy() {
    const pages = await caches.open(PAGES);
    for (const one of await pages.keys()) {
      const until = Date.parse((await pages.match(one)).headers.get("Kept-Until"));
      if (!(until > Date.now())) await pages.delete(one);
    }
  }
}
