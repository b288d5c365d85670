// A board's new cards wait in an outbox, so that a dead network loses none; the board itself renews by the live block.

import { newUuid } from "../http.js";
import { Outbox } from "../outbox.js";

export async function init(root) {
  const state = root.querySelector("[data-board-state]");
  const messages = root.querySelector("[data-board-messages]");
  const word = (name) => root.dataset[`word${name}`];
  const tell = (text, rest) => {
    const line = document.createElement("div");
    line.className = "notice notice-danger";
    line.setAttribute("role", "alert");
    line.textContent = `${text} ${word("Refused")} ${rest}`;
    messages.append(line);
  };
  const outbox = new Outbox(root.dataset.box, root.dataset.ops, {
    done: (answer) => answer.results.map((one) => one.op_id),
    onAnswer: (answer, entries) => {
      for (const one of answer.results) {
        if (one.status === "taken") continue;
        const entry = entries.find((sent) => sent.id === one.op_id);
        tell(one.sentence ?? "", entry?.op.fields.text ?? "");
      }
    },
    onRefused: (entry, problem) => tell(problem.message, entry.op.fields.text),
    onChange: (count) => {
      state.textContent = count ? word("Waiting").replace("{count}", count) : "";
      state.dataset.state = count ? "waiting" : "sent";
    },
    wrap: (entries) => ({ ops: entries.map((entry) => entry.op) }),
  });
  await outbox.open();

  root.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-board-add]");
    if (!form) return;
    event.preventDefault();
    const sent = new FormData(form);
    if (!sent.get("text").trim()) return;
    const fields = { slot: sent.get("slot"), text: sent.get("text") };
    if (sent.get("parent")) fields.parent = sent.get("parent");
    if (sent.has("cites-asked")) fields.cites = sent.getAll("cites");
    const op = { op_id: newUuid(), entity: "card", id: newUuid(), action: "create", base_rev: 0, fields };
    outbox.add({ id: op.op_id, op });
    form.reset();
    document.activeElement?.blur(); // the live block waits for whoever types
    form.parentElement.querySelector(".plan-list")?.append(justWritten(fields.text));
  });
}

// What was written stands there at once; the next renewing puts the real card in its place.
function justWritten(text) {
  const card = document.createElement("li");
  card.className = "plan-card is-closed";
  card.textContent = text;
  return card;
}
