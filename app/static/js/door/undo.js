// Taking back what this phone has just recorded, for ten seconds.

import { newUuid } from "../http.js";

export function undo(element, ask) {
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
