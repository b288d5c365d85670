// Un-pairing, or a page that says this phone is no longer paired: the names go, what waits to be sent stays.

import { canEncrypt } from "../door/keep.js";
import { Roster } from "../door/roster.js";

const erase = () => (canEncrypt() ? new Roster().erase() : Promise.resolve());

export async function init(element) {
  if ("now" in element.dataset) await erase();
  element.addEventListener("submit", async (event) => {
    if (event.defaultPrevented) return; // the question was answered with no
    event.preventDefault();
    await erase();
    event.target.submit();
  });
}
