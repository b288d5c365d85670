// The door round the scanner: finding by name while typing, undo for ten seconds, another check-point.

import { newUuid } from "../http.js";

const PAUSE = 250; // a person types on
const SHORTEST = 2;

export function init(element) {
  const scanner = element.querySelector(".scanner");
  const ask = (fields) => scanner.dispatchEvent(new CustomEvent("scan-request", { detail: fields }));
  search(element, ask);
  undo(element, ask);
  // Everything on the page belongs to one check-point, so another one is another page.
  const select = scanner.querySelector('[name="check_point"]');
  select.addEventListener("change", () => window.location.assign(`${element.dataset.pages}${select.value}`));
}

function search(element, ask) {
  const form = element.querySelector("form[data-search]");
  const found = element.querySelector("[data-found]");
  const input = form.elements.q;
  let timer = 0;
  let asked = 0;

  const clear = () => {
    asked += 1;
    found.replaceChildren();
  };
  const look = async () => {
    clearTimeout(timer);
    if (input.value.trim().length < SHORTEST) return clear();
    const number = (asked += 1);
    const body = new URLSearchParams(new FormData(form));
    const response = await fetch(`${form.action}?part=1`, { method: "POST", body });
    // An answer to what was typed before must not stand under what is typed now.
    if (number !== asked) return;
    if (![200, 422].includes(response.status)) throw new Error(response.status);
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html").body;
    found.replaceChildren(...fresh.childNodes);
  };
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => look().catch(clear), PAUSE);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    look().catch(() => form.submit());
  });
  if (input.value) look().catch(() => {}); // typed before the script was there
  found.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-person]") || !event.submitter) return;
    event.preventDefault();
    ask({ who: event.submitter.value, source: "search" });
    clear();
    input.value = "";
    input.blur(); // the keyboard makes room for the answer
    window.scrollTo(0, 0);
  });
}

function undo(element, ask) {
  const button = element.querySelector("[data-undo]");
  const left = button.querySelector("[data-left]");
  let timer = 0;

  const hide = () => {
    clearInterval(timer);
    button.hidden = true;
  };
  const show = (clientUuid) => {
    clearInterval(timer);
    let seconds = Number(button.dataset.seconds);
    const count = () => {
      left.textContent = `(${seconds})`;
      if (seconds <= 0) hide();
      seconds -= 1;
    };
    button.value = clientUuid;
    button.hidden = false;
    timer = setInterval(count, 1000);
    count();
  };
  element.addEventListener("scanned", ({ detail }) => {
    if (detail.outcome === "accepted" && detail.first_at) show(detail.client_uuid);
    else hide();
  });
  button.form.addEventListener("submit", (event) => {
    event.preventDefault();
    hide();
    ask({ code: button.value, action: "void", source: "undo" });
  });
  button.form.elements.client_uuid.value = newUuid(); // the page may come from the browser's memory
  if (!button.hidden) show(button.value);
}
