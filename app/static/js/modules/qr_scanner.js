// The door's scanner: camera, USB scanner or typed code. The markup is the macro of components/scanner.html.
//
<<<<<<< HEAD
// Every scan has its own id and the moment it was made, and waits in an outbox until the server has answered: a
// repeated one is the same scan, a lost network loses none.
=======
// Expects inside the element: video, [data-status] with data-<reason> sentences, form[data-manual] with an input
// named "code", select or input named "check_point" (may be outside), and [data-result] with [data-sentence],
// [data-name], [data-table data-words="… 0"], [data-detail], [data-advice]. data-url is where scans go.
// Other behaviours ask for a scan by the event "scan-request" and hear of every answer by "scanned".
>>>>>>> 2965f1f (The door: paired phones, scanner, search, walk-ins, checking oneself in, screens for the hall, scans by scripts)

import { startCamera } from "../camera.js";
import { newUuid } from "../http.js";
import { Outbox } from "../outbox.js";
import { signal, unlockSoundAtFirstTap } from "../signals.js";

const SAME_CODE_PAUSE = 3000; // a badge held before the camera is one scan
const LONGEST_CODE = 500;
const RECENT = 5;

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
  }

<<<<<<< HEAD
  async start() {
    unlockSoundAtFirstTap();
    this.listenToKeys();
    this.torchButton.addEventListener("click", () => this.switchTorch());
    this.again.addEventListener("click", () => this.openCamera());
    document.addEventListener("visibilitychange", () => (document.hidden ? this.closeCamera() : this.openCamera()));
    this.outbox = new Outbox("scans", this.element.dataset.url, {
      batch: 1,
      wrap: ([{ id, ...scan }]) => ({ client_uuid: id, ...scan }),
      onAnswer: (answer, entries) => entries.length && this.show(answer, entries[0]),
      onRefused: (entry) => this.showRefusal(entry),
      onChange: (count, state) => this.count(count, state),
    });
    this.opened = this.outbox.open();
    this.element.dataset.state = "ready";
    await this.openCamera();
=======
  start() {
    const form = this.element.querySelector("form[data-manual]");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const input = form.elements.code;
      if (input.value.trim()) this.scan({ code: input.value.trim(), source: "manual" });
      input.value = "";
      input.focus();
    });
    this.element.addEventListener("scan-request", (event) => this.scan(event.detail));
    document.addEventListener("pointerdown", unlockSound, { once: true });
    startCamera(this.element.querySelector("video"), {
      onText: (text) => this.seen(text),
      onProblem: (reason) => {
        this.element.querySelector("video").hidden = true;
        this.say(reason);
      },
    }).then((camera) => this.offerTorch(camera));
>>>>>>> 2965f1f (The door: paired phones, scanner, search, walk-ins, checking oneself in, screens for the hall, scans by scripts)
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
      if (code) this.scan(code, "manual");
      input.value = "";
      if (hasKeyboard) input.focus();
    });
    document.addEventListener("keydown", (event) => {
      const isTyping = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
      if (isTyping && !event.target.matches("input, textarea, select, button, a")) input.focus();
    });
    if (hasKeyboard) input.focus();
  }

  seen(text) {
    const now = Date.now();
    const isHeld = text === this.lastText && now - this.lastAt < SAME_CODE_PAUSE;
    this.lastAt = now;
    this.lastText = text;
<<<<<<< HEAD
    if (!isHeld) this.scan(text, "camera");
  }

  async scan(code, source) {
    const scan = { code: code.slice(0, LONGEST_CODE), action: "enter", source };
    scan.check_point = document.querySelector('[name="check_point"]').value;
    scan.occurred_at = new Date().toISOString();
    this.element.dataset.state = "sending";
    scan.id = this.newest = newUuid();
    await this.opened;
    await this.outbox.add(scan);
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
    this.write("detail", [person.unit, person.group, person.table].filter(Boolean).join(" · "));
    this.result.hidden = false;
    signal(answer.outcome);
    this.element.dispatchEvent(new CustomEvent("scanned", { detail: answer, bubbles: true }));
  }

  showRefusal(entry) {
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

  count(number, state) {
    const hasTrouble = number > 0 && ["offline", "signed-out"].includes(state);
    if (state !== "sending") {
      this.waiting.hidden = !hasTrouble;
      const sentence = this.waiting.dataset[state === "signed-out" ? "signedOut" : "offline"];
      this.waiting.textContent = sentence.replace("{count}", number);
    }
=======
    if (!held) this.scan({ code: text, source: "camera" });
>>>>>>> 2965f1f (The door: paired phones, scanner, search, walk-ins, checking oneself in, screens for the hall, scans by scripts)
  }

  // The words for a state are on the page, in the reader's language: data-<state>.
  say(state) {
    this.status.textContent = this.status.dataset[state] ?? "";
    this.status.hidden = !this.status.textContent;
  }
<<<<<<< HEAD
=======

  // `fields`: a code that was read, or `who` was chosen by name, or an action other than entering.
  async scan(fields) {
    const checkPoint = document.querySelector('[name="check_point"]').value;
    const scan = { client_uuid: newUuid(), check_point: checkPoint, action: "enter", ...fields };
    if (scan.code) scan.code = scan.code.slice(0, 500);
    scan.occurred_at = new Date().toISOString();
    this.element.dataset.state = "sending";
    try {
      const answer = await postUntilAnswered(this.element.dataset.url, scan, { onWait: () => this.say("waiting") });
      this.show(answer);
    } catch (problem) {
      this.show({ outcome: "refused", sentence: problem.body?.sentence ?? this.status.dataset.failed });
    }
  }

  show(answer) {
    this.say("ready");
    this.element.dataset.state = answer.outcome;
    this.result.hidden = false;
    this.result.dataset.outcome = answer.outcome;
    const person = answer.person ?? {};
    const table = this.result.querySelector("[data-table]");
    table.textContent = person.table ? table.dataset.words.replace("0", person.table) : "";
    this.write("[data-sentence]", answer.sentence);
    this.write("[data-name]", person.name);
    this.write("[data-detail]", [person.unit, person.group].filter(Boolean).join(" · "));
    this.write("[data-advice]", answer.advice);
    signal(answer.outcome);
    this.element.dispatchEvent(new CustomEvent("scanned", { detail: answer, bubbles: true }));
  }

  write(selector, text) {
    this.result.querySelector(selector).textContent = text ?? "";
  }
>>>>>>> 2965f1f (The door: paired phones, scanner, search, walk-ins, checking oneself in, screens for the hall, scans by scripts)
}
