// A form that saves by itself: each field is sent when it was left alone for a moment, and never overwritten while
// somebody types in it. `save(name, value, baseRev)` gets one field at a time; a line's parts travel together.

const PAUSE = 900;

export class SavingForm {
  constructor(form, { save }) {
    this.form = form;
    this.save = save;
    this.shown = new Map(); // field -> the revision its text was shown from
    this.rev = 0;
    this.timers = new Map();
    form.addEventListener("input", ({ target }) => this.touched(target, PAUSE));
    form.addEventListener("change", ({ target }) => this.touched(target, target.matches("textarea, input:not([type])") ? 0 : 10));
    form.addEventListener("focusout", ({ target }) => this.flush(fieldOf(target)));
    form.addEventListener("submit", (event) => event.preventDefault());
  }

  touched(input, pause) {
    const name = fieldOf(input);
    if (!name) return;
    clearTimeout(this.timers.get(name));
    this.timers.set(name, setTimeout(() => this.flush(name), pause));
  }

  flush(name) {
    if (!this.timers.has(name)) return;
    clearTimeout(this.timers.get(name));
    this.timers.delete(name);
    this.save(name, this.read(name), this.shown.get(name) ?? this.rev);
  }

  flushAll() {
    for (const name of [...this.timers.keys()]) this.flush(name);
  }

  isBusy(name) {
    return this.timers.has(name) || fieldOf(document.activeElement) === name && this.form.contains(document.activeElement);
  }

  inputs(name) {
    return [...this.form.elements].filter((input) => fieldOf(input) === name);
  }

  read(name) {
    if (!name.includes("/")) return valueOf(this.inputs(name));
    const line = Object.fromEntries(this.inputs(name).map((input) => [partOf(input), input.value.trim()]).filter(([, value]) => value));
    return Object.keys(line).length ? line : null;
  }

  // Show a card's fields, except where somebody is typing.
  fill(fields, rev) {
    this.rev = rev;
    const names = new Set([...this.form.elements].map(fieldOf).filter(Boolean));
    for (const name of names) {
      if (this.isBusy(name)) continue;
      this.shown.set(name, rev);
      for (const input of this.inputs(name)) {
        const value = name.includes("/") ? fields[name]?.[partOf(input)] : fields[name];
        put(input, value ?? "");
      }
    }
  }
}

// "budget/<line>/amount" belongs to the field "budget/<line>".
export function fieldOf(input) {
  const name = input?.name ?? "";
  if (!name || input.type === "hidden" || input.matches("button")) return "";
  return name.includes("/") ? name.split("/").slice(0, 2).join("/") : name;
}

const partOf = (input) => input.name.split("/")[2];

function valueOf(inputs) {
  const [first] = inputs;
  if (first.type === "checkbox") return first.checked ? true : null;
  if (first.type === "radio") return inputs.find((input) => input.checked)?.value ?? null;
  return first.value;
}

function put(input, given) {
  const isMoney = input.name.endsWith("/amount") && typeof given === "number";
  const value = isMoney ? given.toLocaleString("en-US", { maximumFractionDigits: 2 }) : given;
  if (input.type === "checkbox") input.checked = value === true;
  else if (input.type === "radio") input.checked = input.value === String(value);
  else if (input.value !== String(value)) {
    if (input.matches("select") && value !== "" && ![...input.options].some((option) => option.value === String(value))) {
      input.add(new Option(String(value), String(value)));
    }
    input.value = value;
  }
}
