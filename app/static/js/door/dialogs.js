// Who is on no list, and who comes instead of whom: typed here, sent like a scan, so that both work without a
// network too. Without scripts the same links lead to pages of their own.

import { ticketIn } from "./ticket.js";

export function dialogs(element, ask) {
  const scanned = (code) => ask({ code, source: "manual" });
  const walkIn = form(element, "walk-in", (fields) => ask({ walk_in: fields, source: "walk_in" }), scanned);
  const standIn = form(element, "stand-in", (fields) => ask({ stand_in: fields, source: "stand_in" }), scanned);
  for (const link of element.querySelectorAll("[data-open-walk-in]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      walkIn.open({ name: "" });
    });
  }
  // What the server refuses while the person stands there is opened again as it was typed, with the reason.
  const byItsSource = { walk_in: walkIn, stand_in: standIn };
  let refused = null;
  element.addEventListener("settled", ({ detail: { scan, result } }) => {
    if (result?.outcome === "refused") refused = { id: scan.id, form: byItsSource[scan.source] };
  });
  element.addEventListener("scanned", ({ detail }) => {
    const isIt = refused && detail.client_uuid === refused.id;
    if (isIt && !element.querySelector("dialog[open]")) refused.form?.again(detail.sentence);
    if (isIt) refused = null;
  });
  return {
    walkIn: (typed, done) => walkIn.open({ name: typed }, done),
    standIn: (id, name, done) => standIn.open({ for: id, name: "", position: "" }, done, name),
  };
}

// Returns how to `open` the dialog: with values for its fields, what to do when it was sent, whose place it is; and
// how to open it `again` with what was sent last, and why.
function form(element, name, send, scanned) {
  const dialog = element.querySelector(`dialog[data-${name}]`);
  const fields = dialog.querySelector("form");
  const [place, problem] = ["[data-whose]", "[data-why]"].map((name) => dialog.querySelector(name));
  let [afterwards, sent] = [() => {}, {}];
  fields.addEventListener("submit", (event) => {
    if (event.submitter?.value === "cancel") return; // method="dialog" closes
    event.preventDefault();
    const names = fields.elements.name;
    const isWhole = names.value.trim().split(/\s+/).length > 1;
    names.setCustomValidity(isWhole ? "" : names.dataset.twoNames);
    if (!fields.reportValidity()) return;
    dialog.close();
    sent = Object.fromEntries(new FormData(fields));
    send(sent);
    fields.reset();
    afterwards();
    window.scrollTo(0, 0);
  });
  fields.elements.name.addEventListener("input", () => fields.elements.name.setCustomValidity(""));
  // A badge held before a USB scanner meanwhile: it types where the cursor is, and ends with Enter.
  fields.addEventListener("keydown", (event) => {
    const typed = event.target.value ?? "";
    if (event.key !== "Enter" || !ticketIn(typed)) return;
    event.preventDefault();
    dialog.close();
    fields.reset();
    scanned(typed.trim());
  });
  const show = (values, why) => {
    for (const [field, value] of Object.entries(values)) fields.elements[field].value = value;
    problem.textContent = why;
    problem.hidden = !why;
    dialog.showModal();
    fields.elements.name.focus();
  };
  return {
    open: (values, done = () => {}, whose = "") => {
      afterwards = done;
      if (place) place.textContent = whose;
      show(values, "");
    },
    again: (why) => show(sent, why),
  };
}
