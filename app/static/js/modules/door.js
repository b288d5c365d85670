// The door round the scanner: finding by name while typing, who comes instead of whom or unannounced, undo for ten
// seconds, another check-point, and what the phone keeps for the time without a network.

import { dialogs } from "../door/dialogs.js";
import { canEncrypt, get, put } from "../door/keep.js";
import { LocalAnswers } from "../door/local_answers.js";
import { Roster } from "../door/roster.js";
import { search } from "../door/search.js";
import { undo } from "../door/undo.js";
import { jitter, postJSON } from "../http.js";

const HEARD_EVERY = 60000;

export function init(element) {
  const scanner = element.querySelector(".scanner");
  const ask = (fields) => scanner.dispatchEvent(new CustomEvent("scan-request", { detail: fields }));
  const roster = new Roster();
  const answers = new LocalAnswers(roster, JSON.parse(element.dataset.words));
  const opened = roster.open().then(() => roster.keepFresh(element.dataset.roster));
  // Set at once: the first scan may come before the roster is read.
  element.addEventListener("unanswered", ({ detail }) => {
    detail.answer = opened.then(() => answers.answer(detail.scan));
  });
  element.addEventListener("settled", ({ detail }) => answers.note(detail.scan, detail.result));
  const state = { isCutOff: !navigator.onLine };
  element.addEventListener("queue", ({ detail }) => {
    if (["offline", "signed-out"].includes(detail.state)) state.isCutOff = true;
    if (detail.state === "sent") state.isCutOff = false;
    if (detail.state === "signed-out") roster.refresh(element.dataset.roster); // which erases it when it is so
  });
  const forms = dialogs(element, ask);
  search(element, ask, { roster, state, forms });
  undo(element, ask);
  showSync(element, roster);
  signOfLife(element);
  // Everything on the page belongs to one check-point, so another one is another page.
  const select = scanner.querySelector('[name="check_point"]');
  select.addEventListener("change", () => window.location.assign(`${element.dataset.pages}${select.value}`));
}

// Whoever waits for the last figures sees which phones have been heard of, and how much they still hold.
function signOfLife(element) {
  let number = 0;
  element.addEventListener("queue", ({ detail }) => (number = detail.number));
  const say = () => {
    const headers = { "X-Waiting": number };
    if (!document.hidden) postJSON(element.dataset.here, {}, { headers }).catch(() => {});
    setTimeout(say, jitter(HEARD_EVERY));
  };
  setTimeout(say, HEARD_EVERY / 10);
}

// How many wait, when the queue was last empty, how many names are here: always in view.
function showSync(element, roster) {
  const line = element.querySelector("[data-sync]");
  const { waiting, foreign, synced, never, people, none } = line.dataset;
  const time = (at) => new Date(at).toTimeString().slice(0, 5).replace(":", ".");
  let number = 0;
  let ofOthers = 0;
  let last = null;
  const write = () => {
    const parts = [waiting.replace("{count}", number)];
    if (ofOthers) parts.push(foreign.replace("{count}", ofOthers));
    parts.push(last ? synced.replace("{time}", time(last)) : never);
    if (canEncrypt()) parts.push(roster.isHere ? people.replace("{count}", roster.facts.people.length) : none);
    line.textContent = parts.join(" · ");
  };
  roster.onChange = write;
  element.addEventListener("queue", ({ detail }) => {
    number = detail.number;
    ofOthers = detail.foreign;
    if (detail.state === "sent" && number === 0) {
      last = new Date().toISOString();
      put("synced", last).catch(() => {});
    }
    write();
  });
  if (canEncrypt()) get("synced").then((at) => ((last ??= at), write()), () => {});
  write();
}
