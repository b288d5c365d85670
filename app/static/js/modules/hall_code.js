// The rotating code on a screen: asked for again and again, so that only the server's clock counts.

import { request, wait } from "../http.js";

const EVERY = 2000;
const LOST_AFTER = 8000; // without an answer; an old code on a screen turns people away

export async function init(element) {
  const code = element.querySelector("[data-code]");
  const lost = element.querySelector("[data-lost]");
  let answered = performance.now();
  let shown = "";

  // Looked at apart from the asking: a question may hang for as long as its own time limit.
  const look = () => {
    lost.hidden = performance.now() - answered < LOST_AFTER;
    code.hidden = !lost.hidden;
  };
  const looking = setInterval(look, 1000);

  while (element.isConnected) {
    await wait(EVERY);
    try {
      const response = await request(element.dataset.src, { headers: { Accept: "text/html" }, timeout: 5000 });
      if (!response.ok || response.redirected) throw new Error(response.status);
      const html = await response.text();
      answered = performance.now();
      if (html !== shown) {
        code.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
        shown = html;
      }
    } catch {
      // no answer: the look at the clock says so
    }
    look();
  }
  clearInterval(looking);
}
