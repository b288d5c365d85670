// Shows how much of a file has gone up. fetch() cannot tell, so this is XMLHttpRequest; without this script the
// form posts as usual. The answer's page, also one that asks for corrections, takes the place of this one.

import { startAll } from "../main.js";

export function init(form) {
  const box = form.querySelector("[data-upload]");
  const bar = box.querySelector("progress");
  const words = box.querySelector("[data-words]");
  let current = null;

  const say = (state, percent = "") => {
    words.textContent = (box.dataset[state] ?? "").replace("{percent}", percent);
  };
  const fail = () => {
    current = null;
    bar.hidden = true;
    say("failed");
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (current) return;
    current = new XMLHttpRequest();
    current.open("POST", form.action);
    current.setRequestHeader("Accept", "text/html");
    current.upload.onprogress = ({ loaded, total, lengthComputable }) => {
      if (!lengthComputable) return;
      bar.value = loaded / total;
      say(loaded < total ? "sending" : "reading", Math.floor((loaded / total) * 100));
    };
    current.onerror = current.onabort = current.ontimeout = fail;
    current.onload = () => (show(current) ? undefined : fail());
    box.hidden = bar.hidden = false;
    say("sending", 0);
    current.send(new FormData(form, event.submitter));
  });
}

function show(answer) {
  const fresh = new DOMParser().parseFromString(answer.responseText, "text/html");
  const content = fresh.querySelector("main");
  if (!content) return false;
  history.pushState(null, "", answer.responseURL);
  window.addEventListener("popstate", () => location.reload(), { once: true });
  document.title = fresh.title;
  document.querySelector("main").replaceWith(document.adoptNode(content));
  const place = content.querySelector('[role="alert"]') ?? content.querySelector("h1");
  place?.setAttribute("tabindex", "-1");
  place?.focus();
  startAll(content);
  return true;
}
