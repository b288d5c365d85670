// The door's scanner: camera, USB scanner or typed code; every scan has its own id and is repeated until answered.
//
// Expects inside the element: video, [data-status] with data-<reason> sentences, form[data-manual] with an input
// named "code", select or input named "check_point" (may be outside), and [data-result] with [data-sentence],
// [data-name], [data-detail]. data-url is where scans go.

import { startCamera } from "../camera.js";
import { newUuid, postUntilAnswered } from "../http.js";
import { signal, unlockSound } from "../signals.js";

const SAME_CODE_PAUSE = 3000; // a badge held before the camera is one scan

export function init(element) {
  const scanner = new Scanner(element);
  scanner.start();
}

class Scanner {
  constructor(element) {
    this.element = element;
    this.result = element.querySelector("[data-result]");
    this.status = element.querySelector("[data-status]");
    this.lastText = "";
    this.lastAt = 0;
  }

  start() {
    const form = this.element.querySelector("form[data-manual]");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const input = form.elements.code;
      if (input.value.trim()) this.scan(input.value.trim(), "manual");
      input.value = "";
      input.focus();
    });
    document.addEventListener("pointerdown", unlockSound, { once: true });
    startCamera(this.element.querySelector("video"), {
      onText: (text) => this.seen(text),
      onProblem: (reason) => this.say(reason),
    }).then((camera) => this.offerTorch(camera));
  }

  offerTorch(camera) {
    const button = this.element.querySelector("[data-torch]");
    if (!camera || !button) return;
    let on = false;
    camera.torch(false).then((has) => {
      button.hidden = !has;
    }, () => {});
    button.addEventListener("click", () => camera.torch((on = !on)));
  }

  seen(text) {
    const now = Date.now();
    const held = text === this.lastText && now - this.lastAt < SAME_CODE_PAUSE;
    this.lastAt = now;
    this.lastText = text;
    if (!held) this.scan(text, "camera");
  }

  // The words for a state are on the page, in the reader's language: data-<state>.
  say(state) {
    this.status.textContent = this.status.dataset[state] ?? "";
    this.status.hidden = !this.status.textContent;
  }

  async scan(code, source) {
    const checkPoint = document.querySelector('[name="check_point"]').value;
    const scan = { client_uuid: newUuid(), check_point: checkPoint, code: code.slice(0, 500), action: "enter", source };
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
    const detail = [person.unit, person.group, person.table].filter(Boolean).join(" · ");
    this.result.querySelector("[data-sentence]").textContent = answer.sentence ?? "";
    this.result.querySelector("[data-name]").textContent = person.name ?? "";
    this.result.querySelector("[data-detail]").textContent = detail;
    signal(answer.outcome);
    this.element.dispatchEvent(new CustomEvent("scanned", { detail: answer, bubbles: true }));
  }
}
