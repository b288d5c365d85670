// Who is on no list, and who comes instead of whom: typed here, sent like a scan, so that both work without a
// network too. Without scripts the same links lead to pages of their own.

export function dialogs(element, ask) {
  const walkIn = form(element, "walk-in", (fields) => ask({ walk_in: fields, source: "walk_in" }));
  const standIn = form(element, "stand-in", (fields) => ask({ stand_in: fields, source: "stand_in" }));
  for (const link of element.querySelectorAll("[data-open-walk-in]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      walkIn({ name: "" });
    });
  }
  return {
    walkIn: (typed, done) => walkIn({ name: typed }, done),
    standIn: (id, name, done) => standIn({ for: id, name: "", position: "" }, done, name),
  };
}

// Returns how to open the dialog: with values for its fields, what to do when it was sent, whose place it is.
function form(element, name, send) {
  const dialog = element.querySelector(`dialog[data-${name}]`);
  const fields = dialog.querySelector("form");
  let afterwards = () => {};
  fields.addEventListener("submit", (event) => {
    if (event.submitter?.value === "cancel") return; // method="dialog" closes
    event.preventDefault();
    const names = fields.elements.name;
    const isWhole = names.value.trim().split(/\s+/).length > 1;
    names.setCustomValidity(isWhole ? "" : names.dataset.twoNames);
    if (!fields.reportValidity()) return;
    dialog.close();
    send(Object.fromEntries(new FormData(fields)));
    fields.reset();
    afterwards();
    window.scrollTo(0, 0);
  });
  fields.elements.name.addEventListener("input", () => fields.elements.name.setCustomValidity(""));
  return (values, done = () => {}, whose = "") => {
    afterwards = done;
    for (const [field, value] of Object.entries(values)) fields.elements[field].value = value;
    const place = dialog.querySelector("[data-whose]");
    if (place) place.textContent = whose;
    dialog.showModal();
    fields.elements.name.focus();
  };
}
