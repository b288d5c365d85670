// The door's scanner: camera, USB scanner or typed code. The markup is the macro of components/scanner.html.
//
// Every scan has its own id and the moment it was made, and waits in an outbox until the server has answered: a
// repeated one is the same scan, a lost network loses none. Other behaviours ask for a scan by the event
// "scan-request" (a person found by name, an undo) and hear every answer by "scanned", the queue by "queue".
//
// A server that does not answer within a second is not waited for: the event "unanswered" asks who can say
// something in its place (door/local_answers.js). What was said at the door stands; a later refusal is sent again
// as what it is, somebody let in, and the server keeps that for its review list.

import { startCamera } from "../camera.js";
import { belongsTo } from "../door/queue_owner.js";
import { seal, unseal } from "../door/queue_seal.js";
import { newUuid } from "../http.js";
import { Outbox } from "../outbox.js";
import { signal, unlockSoundAtFirstTap } from "../signals.js";

const SAME_CODE_PAUSE = 3000; // a badge held before the camera is one scan
const LONGEST_CODE = 500;
const RECENT = 5;
const PATIENCE = 900; // then the person at the door gets an answer all the same
const STILL_THERE = 10000; // the server's answer is shown to somebody who has not gone on
const BATCH = 50;

// The same scan said again as somebody let in: an id of its own that every repetition finds again (a UUID's
// version is its fifteenth character).
const saidAgain = (id) => `${id.slice(0, 14)}8${id.slice(15)}`;

export function init(element) {
  new Scanner(element).start();
}

class Scanner {
  constructor(element) {
    const find = (name) => element.querySelector(`[data-${name}]`);
    Object.assign(this, { element, result: find("result"), status: find("status"), waiting: find("waiting") });
    Object.assign(this, { recent: find("recent"), again: find("again"), torchButton: find("torch") });
    this.video = element.querySelector("video");
    this.form = element.querySelector("form[data-manual]");
    this.lastText = "";
    this.lastAt = 0;
    this.newest = "";
    this.camera = null;
    this.open = new Map(); // scans nobody has answered yet
    this.told = new Map(); // what the phone itself has said, by scan
    this.isCutOff = false;
  }

  async start() {
    unlockSoundAtFirstTap();
    this.listenToKeys();
    this.element.addEventListener("scan-request", (event) => this.scan(event.detail));
    this.torchButton.addEventListener("click", () => this.switchTorch());
    this.again.addEventListener("click", () => this.openCamera());
    document.addEventListener("visibilitychange", () => (document.hidden ? this.closeCamera() : this.openCamera()));
    const event = this.element.dataset.event;
    this.outbox = new Outbox("scans", this.element.dataset.url, {
      batch: BATCH,
      // What this clock shows tells the server how far it is off.
      wrap: (entries) => ({
        sent_at: new Date().toISOString(),
        scans: entries.map(({ id, ...scan }) => ({ client_uuid: id, ...scan })),
      }),
      headers: (left) => ({ "X-Waiting": left }),
      done: (answer) => answer.results.map((result) => result.client_uuid),
      isMine: belongsTo(event),
      seal,
      unseal,
      onAnswer: (answer, entries) => this.answered(answer.results, entries),
      onRefused: (entry) => this.showRefusal(entry),
      onChange: (count, state, _problem, foreign) => this.count(count, state, foreign),
    });
    this.opened = this.outbox.open();
    this.element.dataset.state = "ready";
    await this.openCamera();
  }

  async openCamera() {
    this.closeCamera();
    this.again.hidden = true;
    this.camera = await startCamera(this.video, {
      onText: (text) => this.seen(text),
      onProblem: (reason) => this.cameraFailed(reason),
    });
    this.video.hidden = !this.camera;
    this.torchButton.hidden = !this.camera?.hasTorch;
    if (this.camera) this.say("");
  }

  closeCamera() {
    this.camera?.stop();
    this.camera = null;
  }

  cameraFailed(reason) {
    this.say(reason);
    this.again.hidden = ["insecure", "unsupported"].includes(reason);
  }

  switchTorch() {
    const isOn = this.torchButton.getAttribute("aria-pressed") !== "true";
    this.camera?.torch(isOn).then(() => this.torchButton.setAttribute("aria-pressed", isOn), () => {});
  }

  // A USB scanner is a keyboard that types the code and Enter, wherever the page's focus is.
  listenToKeys() {
    const input = this.form.elements.code;
    const hasKeyboard = window.matchMedia("(hover: hover) and (pointer: fine)").matches;
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      const code = input.value.trim();
      if (code) this.scan({ code: code.slice(0, LONGEST_CODE), source: "manual" });
      input.value = "";
      if (hasKeyboard) input.focus();
    });
    document.addEventListener("keydown", (event) => {
      const isLetter = event.key.length === 1 && event.key !== " "; // a space presses what has the focus
      if (!isLetter || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
      // Lists are of Thai names: a Latin letter there is a scanner's.
      const takesIt = event.target.matches("select") ? /[^A-Z0-9]/i.test(event.key) : event.target.matches("input, textarea");
      if (!takesIt) input.focus();
    });
    if (hasKeyboard) input.focus();
  }

  seen(text) {
    const now = Date.now();
    const isHeld = text === this.lastText && now - this.lastAt < SAME_CODE_PAUSE;
    this.lastAt = now;
    this.lastText = text;
    if (!isHeld) this.scan({ code: text.slice(0, LONGEST_CODE), source: "camera" });
  }

  async scan(fields) {
    const scan = { action: "enter", ...fields };
    scan.check_point = document.querySelector('[name="check_point"]').value;
    scan.occurred_at = new Date().toISOString();
    if (this.element.dataset.event) scan.event = this.element.dataset.event;
    this.element.dataset.state = "sending";
    scan.id = this.newest = newUuid();
    this.open.set(scan.id, scan);
    await this.opened;
    await this.outbox.add(scan);
    if (this.isCutOff) await this.answerHere(scan);
    else setTimeout(() => this.answerHere(scan), PATIENCE);
  }

  // Said by the phone; marked first, so that the server knows it even if this page dies now.
  async answerHere(scan) {
    if (!this.open.has(scan.id)) return;
    const question = new CustomEvent("unanswered", { detail: { scan, answer: null }, bubbles: true });
    this.element.dispatchEvent(question);
    const answer = await question.detail.answer;
    if (!answer || !this.open.delete(scan.id)) return;
    this.told.set(scan.id, answer.outcome);
    if (answer.outcome !== "refused") await this.outbox.amend(scan.id, { offline: true });
    this.show(answer, scan);
  }

  async answered(results, entries) {
    this.isCutOff = false;
    const byId = new Map(results.map((result) => [result.client_uuid, result]));
    for (const entry of entries) {
      const result = byId.get(entry.id);
      const told = this.told.get(entry.id) ?? (entry.offline ? "before" : null);
      this.open.delete(entry.id);
      this.told.delete(entry.id);
      this.element.dispatchEvent(new CustomEvent("settled", { detail: { scan: entry, result }, bubbles: true }));
      if (!told) this.show(result, entry);
      else await this.confirm(result, entry, told);
    }
  }

  // The server's answer to what the phone has answered already.
  async confirm(result, entry, told) {
    const { place: _place, ...scan } = entry;
    if (result.outcome === "refused" && told !== "refused") {
      await this.outbox.add({ ...scan, id: saidAgain(scan.id), offline: true });
      return;
    }
    const isThere = entry.id === this.newest && Date.now() - Date.parse(entry.occurred_at) < STILL_THERE;
    if (isThere && result.outcome !== told && ["accepted", "already"].includes(result.outcome)) this.show(result, entry);
  }

  show(answer, entry) {
    const person = answer.person ?? {};
    this.remember(answer.outcome, [person.name, answer.sentence], entry);
    // An answer that comes late must not stand under a newer person's badge.
    if (this.newest && entry.id !== this.newest) return;
    this.element.dataset.state = answer.outcome;
    this.result.dataset.outcome = answer.outcome;
    this.write("name", person.name);
    this.write("sentence", answer.sentence);
    this.write("table", person.table && this.result.dataset.tableWords.replace("0", person.table));
    const places = person.group?.startsWith(person.unit) ? [person.group] : [person.unit, person.group];
    this.write("detail", [...places, person.sheet].filter(Boolean).join(" · "));
    this.write("advice", answer.advice);
    this.result.hidden = false;
    signal(answer.outcome);
    this.element.dispatchEvent(new CustomEvent("scanned", { detail: answer, bubbles: true }));
  }

  showRefusal(entry) {
    this.open.delete(entry.id);
    this.show({ outcome: "refused", sentence: entry.refusal }, entry);
    this.outbox.discard(entry.id);
  }

  write(place, text) {
    // "08.41 น." and "โต๊ะ 3" stay on one line.
    const whole = (text ?? "").replace(/ (?=\d|น\.)/g, "\u00a0");
    this.result.querySelector(`[data-${place}]`).textContent = whole;
  }

  remember(outcome, words, entry) {
    const line = document.createElement("li");
    const time = new Date(entry.occurred_at).toTimeString().slice(0, 5).replace(":", ".");
    line.dataset.outcome = outcome;
    line.textContent = [time, ...words.filter(Boolean)].join(" · ");
    this.recent.prepend(line);
    while (this.recent.children.length > RECENT) this.recent.lastElementChild.remove();
    this.recent.parentElement.hidden = false;
  }

  count(number, state, foreign) {
    if (["offline", "signed-out"].includes(state)) {
      this.isCutOff = true;
      for (const scan of this.open.values()) this.answerHere(scan);
    }
    this.element.dispatchEvent(new CustomEvent("queue", { detail: { number, state, foreign }, bubbles: true }));
    const hasTrouble = number > 0 && ["offline", "signed-out"].includes(state);
    if (state !== "sending") {
      this.waiting.hidden = !hasTrouble;
      const offline = this.outbox.isLasting ? "offline" : "memory";
      const sentence = this.waiting.dataset[state === "signed-out" ? "signedOut" : offline];
      this.waiting.textContent = sentence.replace("{count}", number);
    }
  }

  // The words for a state are on the page, in the reader's language: data-<state>.
  say(state) {
    this.status.textContent = this.status.dataset[state] ?? "";
    this.status.hidden = !this.status.textContent;
  }
}
