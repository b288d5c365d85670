// A list to tick: a tap is sent without leaving the page, and again with the same id until the server answers.

import { backoff, wait } from "../http.js";
import { startAll } from "../main.js";

const ATTEMPTS = 20;

export function init(element) {
  const offline = element.querySelector("[data-offline]");
  element.addEventListener("submit", async (event) => {
    if (!event.target.matches("[data-tick]") || !event.submitter) return;
    event.preventDefault();
    const form = event.target;
    const body = new FormData(form);
    body.append(event.submitter.name, event.submitter.value);
    event.submitter.disabled = true;
    form.closest("li").setAttribute("aria-busy", "true");
    const list = element.querySelector("[data-module='live']");
    try {
      const html = await send(form.action, body, () => {
        offline.textContent = element.dataset.problem;
        offline.hidden = false;
      });
      offline.hidden = true;
      const fresh = new DOMParser().parseFromString(html, "text/html").body;
      list.replaceChildren(...fresh.childNodes);
      startAll(list);
      endUndo(list);
    } catch {
      form.submit(); // signed out, or refused: the page itself says why
    }
  });
  endUndo(element);
}

async function send(url, body, onWait) {
  const address = `${url}${url.includes("?") ? "&" : "?"}part=1`;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const response = await fetch(address, { method: "POST", body, credentials: "same-origin" }).catch(() => null);
    if (response?.ok && !response.redirected) return response.text();
    if (response && response.status < 500) break;
    onWait();
    await wait(backoff(attempt));
  }
  throw new Error("no answer");
}

// After ten seconds the server takes nothing back, so the button goes.
function endUndo(element) {
  for (const button of element.querySelectorAll("button[data-seconds]")) {
    setTimeout(() => button.remove(), Number(button.dataset.seconds) * 1000);
  }
}
