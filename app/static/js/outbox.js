// What a phone has written and the server has not yet answered. Survives reload, sleep and a closed tab.
//
// Entries are sent in order, each with an id made here, until the server has answered for it. Where storage is not
// allowed (some in-app browsers) the outbox lives in memory, says so, and warns before the page is left.
//
// Options: `wrap(entries)` makes the body; `done(answer)` names the ids the server has taken (all that were sent
// when it is left out); `batch` how many go at once; `onAnswer(answer, entries)`; `onRefused(entry, problem)` for
// an entry the server will never take: it is put aside, readable through `refused()`, until `discard(id)`;
// `onChange(count, state, problem, foreign)` with state idle, waiting, sending, sent, offline or signed-out;
// `isMine(entry)` holds back what belongs to somebody else's sign-in, `foreign` of them; `seal(entry)` and `unseal(entry)` change how entries lie here;
// `headers(left)` go along, `left` being how many will still wait.

import { openDB } from "../vendor/idb/index.js";
import { backoff, isFinal, newUuid, postJSON, Refused } from "./http.js";

const nothing = () => {};
const asItIs = async (entry) => entry;
const OPEN_WITHIN = 3000; // a browser that neither opens nor refuses its storage is one without

export class Outbox {
  constructor(name, url, options = {}) {
    const usual = { batch: 50, wrap: (entries) => ({ ops: entries }), done: null };
    Object.assign(this, usual, { isMine: () => true, seal: asItIs, unseal: asItIs, headers: () => ({}) });
    Object.assign(this, { onAnswer: nothing, onChange: nothing, onRefused: nothing }, options, { name, url });
    this.memory = [];
    this.places = 0;
    this.failures = 0;
    this.timer = 0;
    this.isSending = false;
    this.isLasting = true;
  }

  async open() {
    await this.openStore();
    for (const sign of ["online", "focus", "pageshow"]) window.addEventListener(sign, () => this.send());
    document.addEventListener("visibilitychange", () => document.hidden || this.send());
    window.addEventListener("beforeunload", (event) => {
      if (this.memory.length) event.preventDefault();
    });
    await this.tell("idle");
    this.send();
    return this;
  }

  // Enough to see what lies here; nothing is sent.
  async openStore() {
    try {
      const opening = openDB(`sammana-${this.name}`, 1, {
        upgrade: (database) => database.createObjectStore("entries", { keyPath: "place", autoIncrement: true }),
      });
      const tooLong = new Promise((_, fail) => setTimeout(() => fail(new Error("no storage")), OPEN_WITHIN));
      this.store = await Promise.race([opening, tooLong]);
    } catch {
      this.isLasting = false;
    }
    return this;
  }

  // In the order they were written; without those put aside.
  async waiting() {
    return (await this.everything()).filter((entry) => !entry.refusal && this.isMine(entry));
  }

  // What belongs to somebody else's sign-in, and waits for it.
  async foreign() {
    return (await this.everything()).filter((entry) => !entry.refusal && !this.isMine(entry));
  }

  async refused() {
    return (await this.everything()).filter((entry) => entry.refusal);
  }

  async add(entry) {
    const whole = { id: newUuid(), ...entry };
    try {
      if (!this.store) throw new Error("no storage");
      await this.store.add("entries", await this.seal(whole));
    } catch {
      this.isLasting = false; // also when the storage is full
      this.memory.push({ ...whole, place: `memory-${(this.places += 1)}` });
    }
    await this.tell("waiting");
    this.send();
    return whole.id;
  }

  // Change what still waits; what was taken meanwhile stays as it was.
  async amend(id, fields) {
    this.memory = this.memory.map((entry) => (entry.id === id ? { ...entry, ...fields } : entry));
    if (!this.store) return;
    const change = this.store.transaction("entries", "readwrite");
    const entry = (await change.store.getAll()).find((one) => one.id === id);
    if (entry) await change.store.put({ ...entry, ...fields });
    await change.done;
  }

  async discard(id) {
    await this.remove((await this.everything()).filter((entry) => entry.id === id));
    await this.tell("idle");
  }

  // Only one tab sends: two would only send the same twice, but their answers would cross.
  async send() {
    if (this.isSending) return;
    this.isSending = true;
    clearTimeout(this.timer);
    try {
      const locks = navigator.locks; // missing on plain http
      if (locks) await locks.request(`sammana-${this.name}`, { ifAvailable: true }, (held) => (held ? this.drain() : null));
      else await this.drain();
      this.failures = 0;
    } catch (problem) {
      this.failures += 1;
      const isOut = problem instanceof Refused && [401, 403].includes(problem.status);
      await this.tell(isOut ? "signed-out" : "offline", problem);
    } finally {
      this.isSending = false;
    }
    if ((await this.waiting()).length) this.timer = setTimeout(() => this.send(), backoff(this.failures));
  }

  async drain() {
    let size = this.batch;
    const stuck = new Map(); // entries at which the server stumbles, and how: the others need not wait for them
    for (;;) {
      const waiting = (await this.waiting()).filter((entry) => !stuck.has(entry.id));
      const entries = waiting.slice(0, size);
      if (!entries.length && stuck.size) throw [...stuck.values()][0];
      if (!entries.length) return this.tell("sent");
      await this.tell("sending");
      try {
        const bodies = await Promise.all(entries.map(({ place: _place, ...entry }) => this.unseal(entry)));
        const headers = this.headers(waiting.length - entries.length);
        const answer = await postJSON(this.url, this.wrap(bodies), { headers });
        await this.settle(answer, entries);
        size = this.batch;
      } catch (problem) {
        const stumbles = problem instanceof Refused && problem.status === 500;
        if (!isFinal(problem) && !stumbles) throw problem;
        // One bad entry must not hold up the others: they go one by one until it is found.
        if (entries.length > 1) size = 1;
        else if (stumbles) stuck.set(entries[0].id, problem);
        else await this.putAside(entries[0], problem);
      }
    }
  }

  async settle(answer, entries) {
    const named = this.done ? new Set(this.done(answer)) : null;
    const taken = named ? entries.filter((entry) => named.has(entry.id)) : entries;
    try {
      await this.onAnswer(answer, taken); // it may add what follows from the answer: first that, then let go
    } finally {
      await this.remove(taken);
    }
    if (!taken.length) throw new Error("the server named none of the entries");
  }

  async putAside(entry, problem) {
    const marked = { ...entry, refusal: problem.body?.sentence ?? problem.message };
    const held = this.memory.findIndex((one) => one.id === entry.id);
    if (held >= 0) this.memory[held] = marked;
    else await this.store.put("entries", marked);
    await this.onRefused(marked, problem);
  }

  async everything() {
    return [...(this.store ? await this.store.getAll("entries") : []), ...this.memory];
  }

  async remove(entries) {
    const gone = new Set(entries.map((entry) => entry.id));
    this.memory = this.memory.filter((entry) => !gone.has(entry.id));
    const places = entries.map((entry) => entry.place).filter((place) => typeof place === "number");
    if (!places.length) return;
    const change = this.store.transaction("entries", "readwrite");
    await Promise.all([...places.map((place) => change.store.delete(place)), change.done]);
  }

  async tell(state, problem = null) {
    this.onChange((await this.waiting()).length, state, problem, (await this.foreign()).length);
  }
}
