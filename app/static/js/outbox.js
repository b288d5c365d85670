// What a phone has written and the server has not yet answered. Survives reload, sleep and a closed tab.
//
// Entries are sent in order, each with its own id made here, until the server names it as done. Where storage is
// not allowed (some in-app browsers) the outbox lives in memory and says so.

import { openDB } from "../vendor/idb/index.js";
import { jitter, postJSON, Refused } from "./http.js";

const BATCH = 50;

export class Outbox {
  // `deliver(entries)` resolves to the ids that are done; `onChange(count, state)` is told of every change.
  constructor(name, url, { onAnswer = () => {}, onChange = () => {}, wrap = (entries) => ({ ops: entries }) } = {}) {
    Object.assign(this, { name, url, onAnswer, onChange, wrap });
    this.memory = [];
    this.failures = 0;
    this.timer = 0;
    this.sending = false;
    this.isLasting = true;
  }

  async open() {
    try {
      this.store = await openDB(`sammana-${this.name}`, 1, {
        upgrade: (database) => database.createObjectStore("entries", { keyPath: "place", autoIncrement: true }),
      });
    } catch {
      this.isLasting = false;
    }
    for (const sign of ["online", "focus", "pageshow"]) window.addEventListener(sign, () => this.send());
    document.addEventListener("visibilitychange", () => document.hidden || this.send());
    window.addEventListener("beforeunload", (event) => {
      if (!this.isLasting && this.memory.length) event.preventDefault();
    });
    await this.tell("idle");
    this.send();
    return this;
  }

  async all() {
    return this.store ? this.store.getAll("entries") : [...this.memory];
  }

  async add(entry) {
    if (this.store) await this.store.add("entries", entry);
    else this.memory.push({ ...entry, place: Date.now() + this.memory.length });
    await this.tell("waiting");
    this.send();
  }

  // Only one tab sends: two would only send the same twice, but their answers would cross.
  async send() {
    if (this.sending) return;
    this.sending = true;
    clearTimeout(this.timer);
    try {
      const lock = navigator.locks;
      if (lock) await lock.request(`sammana-${this.name}`, { ifAvailable: true }, (held) => (held ? this.drain() : null));
      else await this.drain();
      this.failures = 0;
    } catch (problem) {
      this.failures += 1;
      await this.tell(problem instanceof Refused && problem.status < 500 ? "refused" : "offline", problem);
    } finally {
      this.sending = false;
    }
    if ((await this.all()).length) this.timer = setTimeout(() => this.send(), jitter(Math.min(1000 * 2 ** this.failures, 30000)));
  }

  async drain() {
    for (;;) {
      const entries = (await this.all()).slice(0, BATCH);
      if (!entries.length) return this.tell("sent");
      await this.tell("sending");
      const answer = await postJSON(this.url, this.wrap(entries.map(({ place: _place, ...entry }) => entry)));
      await this.remove(entries);
      await this.onAnswer(answer, entries);
    }
  }

  async remove(entries) {
    const places = entries.map((entry) => entry.place);
    if (this.store) {
      const change = this.store.transaction("entries", "readwrite");
      await Promise.all([...places.map((place) => change.store.delete(place)), change.done]);
    } else {
      this.memory = this.memory.filter((entry) => !places.includes(entry.place));
    }
  }

  async tell(state, problem = null) {
    this.onChange((await this.all()).length, state, problem);
  }
}
