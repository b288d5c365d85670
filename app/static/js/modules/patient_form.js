// A form that is not sent into a dead network: what is typed stays on the page until the server can be reached.

import { request, wait } from "../http.js";

export function init(form) {
  const sentence = form.querySelector("[data-waiting]");
  let sending = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (sending) return; // the second tap of an impatient finger
    sending = true;
    const button = event.submitter;
    while (!(await reachable())) {
      sentence.hidden = false;
      await Promise.race([wait(4000), new Promise((done) => addEventListener("online", done, { once: true }))]);
    }
    sentence.hidden = true;
    if (button?.name) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value }));
    form.submit();
  });
  addEventListener("pageshow", () => (sending = false));
}

async function reachable() {
  try {
    return (await request("/livez", { timeout: 6000 })).ok;
  } catch {
    return false;
  }
}
