// A group's page: cards that save by themselves, survive a dead network, and follow the other phones.

import { newUuid, request } from "../http.js";
import { Outbox } from "../outbox.js";
import { CardLists } from "../work/cards.js";
import { Conflicts } from "../work/conflict.js";
import { clone, clockWords, fillIn, setText, text } from "../work/dom.js";
import { Follower } from "../work/follow.js";
import { Joining } from "../work/joining.js";
import { KeptPage } from "../work/kept_page.js";
import { Press } from "../work/press.js";
import { Sheet } from "../work/sheet.js";
import { Store } from "../work/store.js";
import { Table } from "../work/table.js";

const UNDO = 10000;

export function init(root) {
  const html = document.documentElement.outerHTML; // as it came, before anything is drawn
  new GroupPage(root).start(html);
}

function rememberedName() {
  try {
    const name = sessionStorage.getItem("work-client") || newUuid();
    sessionStorage.setItem("work-client", name);
    return name;
  } catch {
    return newUuid();
  }
}

class GroupPage {
  constructor(root) {
    this.root = root;
    this.find = (name) => root.querySelector(`[data-${name}]`);
    this.words = Object.fromEntries(Object.entries(root.dataset).filter(([name]) => name.startsWith("word")).map(([name, value]) => [name[4].toLowerCase() + name.slice(5), value]));
    this.strengths = ["", ...root.dataset.strengths.split("|")];
    this.anchor = { level: root.dataset.anchorLevel, kinds: root.dataset.anchorKinds.split(" ") };
    this.ranks = JSON.parse(root.dataset.ranks);
    this.templates = Object.fromEntries([...root.querySelectorAll("[data-template]")].map((one) => [one.dataset.template, one]));
    this.fields = Object.fromEntries([...root.querySelectorAll("[data-fields]")].map((one) => [one.dataset.fields, one]));
    this.store = new Store();
    this.state = JSON.parse(root.dataset.state); // the page is whole even if the network ends here
    this.store.receive(this.state.cards, this.state.suggestions);
    this.savedAt = root.dataset.savedAt ? new Date(root.dataset.savedAt) : null;
    this.clockOffset = new Date(this.state.now) - Date.now(); // the server has the time
    this.client = rememberedName();
    this.begun = false;
    this.isCutOff = false;
    this.press = new Press();
    this.kept = new KeptPage(root);
    this.draw = () => this.paintNow();
  }

  async start(html) {
    this.lists = new CardLists(this.root, this);
    this.table = new Table(this);
    this.joining = new Joining(this);
    this.sheet = new Sheet(this.find("sheet"), this);
    this.conflicts = new Conflicts(this.find("conflict"), this);
    this.outbox = new Outbox(this.root.dataset.box, this.root.dataset.ops, {
      wrap: (entries) => ({ ops: entries.map((entry) => entry.op) }),
      onAnswer: (answer) => this.answered(answer),
      onChange: (_count, state, problem) => this.saveState(state, problem),
    });
    this.listen();
    await this.kept.open(html).catch(() => {}); // where there is no room, nothing is kept
    const last = await this.kept.state().catch(() => null);
    if (last) this.take(last);
    await this.outbox.open();
    await this.tryAgain();
    this.client = await this.clientName();
    this.press.whenUp(() => this.begin());
    this.follower = new Follower(this);
    setInterval(() => this.paintPhase(), 10000);
  }

  begin() {
    for (const list of this.root.querySelectorAll("[data-list]")) list.replaceChildren(); // drawn by the server for others
    this.begun = true;
    this.saveState("idle");
    this.showTab();
  }

  // Ops are answered one by one, so a request refused as a whole (a lost cookie) says nothing about them.
  async tryAgain() {
    for (const entry of await this.outbox.refused()) {
      await this.outbox.add({ op: entry.op });
      await this.outbox.discard(entry.id);
    }
  }

  async unsent() {
    const entries = [...(await this.outbox.waiting()), ...(await this.outbox.refused())];
    return entries.map((entry) => entry.op);
  }

  // The browser's name in its ops, so that its own earlier ones are no conflict; the same after a reload.
  async clientName() {
    return (await this.unsent()).at(-1)?.client || rememberedName();
  }

  listen() {
    for (const form of this.root.querySelectorAll("form[data-add]")) this.ownAdding(form);
    this.root.addEventListener("submit", (event) => {
      const form = event.target.closest("form[data-add]");
      if (form) this.ownAdding(form, event);
    });
    this.root.addEventListener("click", (event) => this.clicked(event));
    window.addEventListener("hashchange", () => this.showTab());
    document.addEventListener("visibilitychange", () => document.hidden && this.sheet.form.flushAll());
    window.addEventListener("pagehide", () => this.sheet.form.flushAll());
    this.find("undo-button").addEventListener("click", () => this.undo());
  }

  clicked(event) {
    const open = event.target.closest("[data-open], [data-open-card]");
    if (!open) return;
    event.preventDefault();
    this.sheet.open(open.dataset.openCard || open.dataset.open || open.closest("[data-card]")?.dataset.card);
  }

  // -- writing ---------------------------------------------------------------------------------------

  ownAdding(form, event = null) {
    if (!event) return;
    event.preventDefault();
    const box = form.elements.title;
    const title = box.value.trim();
    if (!title) return box.focus();
    box.value = "";
    const ask = form.closest("[data-ask]");
    this.addCard(form.dataset.add, title, { need: ask?.dataset.need });
    if (ask) ask.open = false;
    else box.focus();
  }

  addCard(kind, title, { need = "", whole = null } = {}) {
    const id = newUuid();
    this.write("item", id, "create", { kind, title, ...(whole && { level: whole.fields.level ?? whole.level }) });
    if (need) this.addLink(need, id);
    if (whole) this.addLink(id, whole.id, { strength: 3 }); // a part belongs to its whole entirely
    return id;
  }

  // The server knows which kind of link two cards make, unless it is said.
  addLink(source, target, said = {}, title = "") {
    if (title) this.store.titles.set(target, title);
    this.write("link", newUuid(), "create", { source, target, ...said });
  }

  save(entity, id, name, value, baseRev) {
    this.write(entity, id, "update", { [name]: value }, baseRev);
  }

  remove(entity, id) {
    const title = this.store.get(id)?.fields.title ?? "";
    this.write(entity, id, "delete");
    this.offerUndo(entity, id, title);
  }

  async write(entity, id, action, fields = {}, baseRev = this.store.revOf(id)) {
    const op = { op_id: newUuid(), entity, id, action, base_rev: baseRev, fields, client: this.client };
    this.store.setPending([...this.store.pending, op]); // shown at once; the outbox keeps it
    this.paint();
    await this.outbox.add({ op });
  }

  offerUndo(entity, id, title) {
    const bar = this.find("undo");
    setText(this.find("undo-text"), `${this.words.deleted} ${title}`);
    bar.hidden = false;
    this.undo = () => {
      this.write(entity, id, "restore");
      bar.hidden = true;
    };
    clearTimeout(this.undoTimer);
    this.undoTimer = setTimeout(() => (bar.hidden = true), UNDO);
  }

  undo() {}

  // -- what came back ----------------------------------------------------------------------------------

  async answered(answer) {
    for (const result of answer.results) {
      if (result.card) this.store.receive([result.card]);
      if (result.suggestion) this.store.suggested(result.suggestion);
      if (result.status === "conflict") for (const one of result.conflicts) this.conflicts.add(result.card.entity, result.card.id, one);
      if (result.status === "refused" || result.status === "invalid") this.tellRefusal(result);
    }
    this.savedAt = new Date(Date.now() + this.clockOffset);
    this.store.setPending(await this.unsent());
    this.keepState();
    this.paint();
  }

  tellRefusal(result) {
    const op = this.store.pending.find((one) => one.op_id === result.op_id);
    const typed = Object.values(op?.fields ?? {}).filter((value) => typeof value === "string" && value.length > 1 && !/^[0-9a-f-]{36}$/.test(value));
    this.tell(result.sentence, typed.length && op.action !== "create" ? `${this.words.kept} ${typed.join(" · ")}` : "");
  }

  tell(sentence, kept = "") {
    const message = clone(this.templates.message);
    text(message, "sentence", sentence);
    text(message, "kept", kept);
    this.press.whenUp(() => {
      this.find("messages").prepend(message);
      message.scrollIntoView({ block: "center" });
    });
    setTimeout(() => message.remove(), 60000);
  }

  async saveState(state, problem) {
    const ops = await this.unsent();
    this.store.setPending(ops);
    this.paint();
    const count = ops.length;
    const isWaiting = count > 0 && !["waiting", "sending"].includes(state);
    this.root.toggleAttribute("data-waiting", isWaiting);
    let words = this.savedAt ? `${this.words.saved} ${clockWords(this.words.time, this.savedAt)}` : "";
    if (count) words = isWaiting ? fillIn(this.words.waiting, { count }) : this.words.sending;
    if (isWaiting && problem?.body?.sentence) words += ` · ${problem.body.sentence}`;
    if (count && !this.outbox.isLasting) words += ` · ${this.words.keep}`;
    const line = this.find("save-state");
    line.dataset.state = count ? (isWaiting ? "waiting" : "sending") : "sent";
    for (const place of [line, ...this.root.querySelectorAll("[data-save-copy]")]) setText(place, words);
    const submit = this.root.querySelector("[data-submit]");
    if (submit) submit.disabled = count > 0 || this.isCutOff;
  }

  // -- following the other phones ------------------------------------------------------------------------

  seq() {
    return this.state.seq;
  }

  received(state) {
    this.clockOffset = new Date(state.now) - Date.now();
    this.take(state);
    this.keepState();
    this.paint();
    this.refreshReview();
  }

  take(state) {
    this.store.receive(state.cards, state.suggestions);
    this.state = state;
  }

  keepState() {
    if (this.state.kept_until) this.kept.keep(() => ({ ...this.state, cards: [...this.store.cards.values()] }));
    else this.kept.forget();
  }

  // The link was withdrawn, or its owner sits at another table now.
  shutOut() {
    this.kept.forget();
  }

  reached(isReached) {
    document.querySelector("[data-cut-off]").hidden = isReached;
    if (this.isCutOff === !isReached) return;
    this.isCutOff = !isReached;
    const submit = this.root.querySelector("[data-submit]");
    if (submit) submit.disabled = this.isCutOff || this.store.pending.length > 0;
  }

  async refreshReview() {
    if (this.tab !== "review") return;
    const response = await request(this.root.dataset.review, { headers: { Accept: "text/html" } }).catch(() => null);
    if (!response?.ok) return;
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html").body;
    this.press.whenUp(() => this.find("review-box").replaceChildren(...fresh.childNodes));
  }

  comments(id) {
    return this.state.comments.filter((one) => one.card === id && !one.settled);
  }

  // A submitted group is closed; after a return only the returned cards and new ones are open.
  isOpen(card) {
    if (this.state.closed) return false;
    return this.state.status !== "returned" || [null, "draft", "returned"].includes(card.status ?? null);
  }

  cardUrl(id) {
    return this.root.dataset.cardUrl.replace("CARD", id);
  }

  // -- the page --------------------------------------------------------------------------------------

  paint() {
    this.press.whenUp(this.draw);
  }

  paintNow() {
    if (!this.begun) return;
    this.lists.paint();
    this.table.paint();
    this.sheet.paint();
    for (const form of this.root.querySelectorAll("[data-section] > form[data-add]")) form.hidden = this.state.closed;
    this.find("closed-notice").hidden = !this.state.closed;
    setText(this.find("status-label"), this.state.status_label);
    this.paintPhase();
  }

  paintPhase() {
    const { phase } = this.state;
    this.find("phase-box").hidden = !phase;
    if (!phase) return;
    setText(this.find("phase-name"), phase.name);
    setText(this.find("phase-prompt"), phase.prompt);
    const left = phase.ends_at ? Math.ceil((new Date(phase.ends_at) - Date.now() - this.clockOffset) / 60000) : null;
    setText(this.find("phase-left"), left === null ? "" : left > 0 ? fillIn(this.words.left, { minutes: left }) : this.words.over);
  }

  // Who began to write before the script was there stays where the text is.
  writtenIn() {
    const box = [...this.root.querySelectorAll("[data-section] > form[data-add] textarea")].find((one) => one.value);
    return box?.closest("[data-section]").dataset.section;
  }

  showTab() {
    const card = location.hash.match(/^#card=(.+)$/)?.[1];
    if (card) this.sheet.open(card);
    const sections = [...this.root.querySelectorAll("[data-section]")].map((one) => one.dataset.section);
    const asked = location.hash.slice(1);
    const first = { needs: "needs", projects: "projects", links: "links", review: "review" }[this.root.dataset.phase] ?? "needs";
    this.tab = sections.includes(asked) ? asked : this.tab ?? this.writtenIn() ?? first;
    if (this.tab !== "links" && this.lists.lingering.size) {
      this.lists.lingering.clear();
      this.paint();
    }
    for (const section of this.root.querySelectorAll("[data-section]")) {
      if (section.dataset.section !== "returned") section.hidden = section.dataset.section !== this.tab;
    }
    for (const link of this.root.querySelectorAll("[data-tab]")) {
      link.hidden = false;
      if (link.dataset.tab === this.tab) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    this.refreshReview();
  }
}
