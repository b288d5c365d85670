// The door round the scanner: finding by name while typing, undo for ten seconds, a USB scanner without a focus.

import { newUuid } from "../http.js";

const PAUSE = 250; // a person types on
const KEY_GAP = 60; // a USB scanner types a letter every few milliseconds, nobody else does

export function init(element) {
  listenForScanner(element);
  search(element);
  undo(element);
}

const ask = (element, fields) => element.dispatchEvent(new CustomEvent("scan-request", { detail: fields }));

function search(element) {
  const form = element.querySelector("form[data-search]");
  const found = element.querySelector("[data-found]");
  const input = form.elements.q;
  let timer = 0;
  let asked = 0;

  const look = async () => {
    const number = (asked += 1);
    if (input.value.trim().length < 2) return found.replaceChildren();
    const response = await fetch(`${form.action}?part=1`, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    if (number !== asked || ![200, 422].includes(response.status)) return;
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html").body;
    found.replaceChildren(...fresh.childNodes);
  };
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => look().catch(() => {}), PAUSE);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    look().catch(() => form.submit());
  });
  found.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!event.target.matches("[data-person]") || !button) return;
    event.preventDefault();
    ask(element, { who: button.value, source: "search" });
    found.replaceChildren();
    input.value = "";
    input.blur(); // the keyboard makes room for the answer
    asked += 1;
  });
}

function undo(element) {
  const form = element.querySelector("form[data-undo]");
  const left = form.querySelector("[data-left]");
  const button = form.querySelector("button");
  let timer = 0;

  const show = (clientUuid) => {
    clearInterval(timer);
    let seconds = Number(form.dataset.seconds);
    button.value = clientUuid;
    form.elements.client_uuid.value = newUuid();
    left.textContent = `(${seconds})`;
    form.hidden = false;
    timer = setInterval(() => {
      seconds -= 1;
      left.textContent = `(${seconds})`;
      if (seconds <= 0) hide();
    }, 1000);
  };
  const hide = () => {
    clearInterval(timer);
    form.hidden = true;
  };
  element.addEventListener("scanned", ({ detail }) => {
    if (detail.outcome === "accepted" && detail.first_at) show(detail.client_uuid);
    else hide();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    hide();
    ask(element, { code: button.value, action: "void" });
  });
  if (!form.hidden) show(button.value);
}

function listenForScanner(element) {
  let typed = "";
  let last = 0;
  document.addEventListener("keydown", (event) => {
    if (event.target.matches("input, textarea, select") || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.timeStamp - last > KEY_GAP) typed = "";
    last = event.timeStamp;
    if (event.key === "Enter" && typed.length >= 8) {
      event.preventDefault();
      ask(element, { code: typed, source: "usb" });
      typed = "";
    } else if (event.key.length === 1) {
      typed += event.key;
    }
  });
}
