// The rotating code on a screen: asked for again and again, so that only the server's clock counts.

import { request, wait } from "../http.js";

const EVERY = 2000;
const LOST_AFTER = 3; // misses; an old code on a screen turns people away

export async function init(element) {
  const code = element.querySelector("[data-code]");
  const lost = element.querySelector("[data-lost]");
  let misses = 0;
  let shown = "";
  while (element.isConnected) {
    await wait(EVERY);
    try {
      const response = await request(element.dataset.src, { headers: { Accept: "text/html" }, timeout: 5000 });
      if (!response.ok) throw new Error(response.status);
      const html = await response.text();
      misses = 0;
      if (html !== shown) {
        code.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
        shown = html;
      }
    } catch {
      misses += 1;
    }
    lost.hidden = misses < LOST_AFTER;
    code.hidden = !lost.hidden;
  }
}
