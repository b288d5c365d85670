// The projector's keys: arrows, page keys and the space bar, as a presenter's clicker sends them too. Every screen
// follows through its live block; this one asks at once.

import { postJSON } from "../http.js";

const STEPS = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, " ": 1, Enter: 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1, Home: "first", End: "last" };

export function init(element) {
  let turning = Promise.resolve();
  const turn = (step) => {
    turning = turning
      .then(() => postJSON(element.dataset.go, { step: String(step) }))
      .then(() => window.dispatchEvent(new Event("online"))) // live.js asks now instead of in a second
      .catch(() => {});
  };
  document.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey || event.target.closest("a, button, input")) return;
    event.preventDefault();
    turn(step);
  });
  element.addEventListener("click", (event) => {
    if (!event.target.closest("a, button")) turn(event.clientX < window.innerWidth / 4 ? -1 : 1);
  });
}
