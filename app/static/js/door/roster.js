// The people of the event as this phone keeps them for the time without a network. Encrypted where it lies;
// erased when the device ends (its time is over, it was revoked or un-paired), which the queue outlives.

import { jitter, request } from "../http.js";
import * as keep from "./keep.js";
import { matcher, searchKey } from "./thai_search.js";
import { ticketIn } from "./ticket.js";

const MOST_FOUND = 10;
const SHORTEST = 2;
const RENEW_EVERY = 180000; // latecomers and new tables
const LOOK_AT_CLOCK = 30000;

export class Roster {
  constructor() {
    this.facts = null;
    this.onChange = () => {};
  }

  get isHere() {
    return this.facts !== null;
  }

  async open() {
    if (!keep.canEncrypt()) return this;
    const box = await keep.get("roster").catch(() => null);
    if (box && Date.parse(box.until) <= Date.now()) await this.erase();
    else if (box) this.take(await keep.unseal(keep.ROSTER_KEY, box), box);
    return this;
  }

  // Ask the server now and then; it says when this phone is none of its any more.
  keepFresh(url) {
    const renew = async () => {
      await this.refresh(url);
      setTimeout(renew, jitter(RENEW_EVERY));
    };
    renew();
    window.addEventListener("online", () => this.refresh(url));
    this.watchTheClock();
  }

  watchTheClock() {
    setInterval(() => this.isHere && Date.parse(this.until) <= Date.now() && this.erase(), LOOK_AT_CLOCK);
  }

  async refresh(url) {
    if (!keep.canEncrypt()) return;
    const headers = this.etag ? { "If-None-Match": this.etag } : {};
    const answer = await request(url, { headers }).catch(() => null);
    if (answer?.status === 401) await this.erase();
    if (answer?.status !== 200 || answer.redirected) return;
    const facts = await answer.json().catch(() => null);
    if (facts) await this.store(facts, answer.headers.get("ETag"));
  }

  async store(facts, etag) {
    // Another event's door knows nothing of who came in at this one.
    if ((await keep.get("event")) !== facts.event.id) await keep.forget("seen", "roster");
    const sealed = await keep.seal(keep.ROSTER_KEY, facts);
    const box = { ...sealed, etag, until: facts.device.expires_at, at: new Date().toISOString() };
    await keep.put("roster", box);
    await keep.put("event", facts.event.id);
    this.take(facts, box);
  }

  take(facts, box) {
    if (!facts) return;
    Object.assign(this, { facts, etag: box.etag, until: box.until, at: box.at });
    this.ids = new Map();
    this.hashes = new Map();
    this.keys = [];
    for (const person of facts.people) {
      this.ids.set(person.id, person);
      this.keys.push([searchKey(person.name), person]);
      for (const hash of person.code_hashes) this.hashes.set(hash, person);
    }
    this.onChange(this);
  }

  async erase() {
    await keep.forget(keep.ROSTER_KEY, "roster", "seen", "event").catch(() => {});
    Object.assign(this, { facts: null, etag: null });
    this.onChange(this);
  }

  byId(id) {
    return this.isHere ? this.ids.get(id) : undefined;
  }

  async byCode(text) {
    const code = ticketIn(text);
    if (!this.isHere || !code) return undefined;
    const bytes = new TextEncoder().encode(`${this.facts.salt}:${code}`);
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    return this.hashes.get([...digest.slice(0, 10)].map((byte) => byte.toString(16).padStart(2, "0")).join(""));
  }

  // As the server: two letters at least, ten people at most, those whose name begins so first.
  search(typed) {
    const test = this.isHere && matcher(typed, SHORTEST);
    if (!test) return { people: [], hasMore: false };
    const found = this.keys.filter(([key]) => test.matches(key));
    const people = [...found.filter(([key]) => test.begins(key)), ...found.filter(([key]) => !test.begins(key))];
    return { people: people.slice(0, MOST_FOUND).map(([, one]) => one), hasMore: people.length > MOST_FOUND };
  }
}
