// Two people changed the same text: both are shown with their names, and one chooses or joins them.

import { fillIn, setText } from "./dom.js";

const shown = (value) => (value && typeof value === "object" ? Object.values(value).join(" · ") : String(value ?? ""));

export class Conflicts {
  constructor(dialog, page) {
    this.dialog = dialog;
    this.page = page;
    this.waiting = [];
    for (const button of dialog.querySelectorAll("[data-use]")) button.addEventListener("click", () => this.settle(button.dataset.use));
    dialog.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
    dialog.addEventListener("cancel", (event) => event.preventDefault()); // a text is chosen, never dropped by a slip
  }

  // A newer conflict of the same field replaces an older one: the older text is in the card's history.
  add(entity, id, conflict) {
    this.waiting = this.waiting.filter((one) => one.id !== id || one.field !== conflict.field);
    this.waiting.push({ entity, id, ...conflict });
    this.show();
  }

  show() {
    const [one] = this.waiting;
    if (!one) return this.dialog.close();
    const now = this.page.store.cards.get(one.id)?.fields[one.field] ?? one.theirs;
    const words = this.page.words;
    setText(this.dialog.querySelector("[data-mine]"), shown(one.yours));
    setText(this.dialog.querySelector("[data-theirs]"), shown(now));
    setText(this.dialog.querySelector('[data-word="theirs"]'), fillIn(words.theirs, one));
    setText(this.dialog.querySelector('[data-word="useTheirs"]'), fillIn(words.useTheirs, one));
    const isText = [one.yours, now].every((value) => typeof value !== "object" || value === null);
    this.dialog.querySelector("[data-join]").hidden = !isText;
    this.dialog.querySelector("[data-joined]").value = `${shown(now)} ${shown(one.yours)}`.trim();
    if (!this.dialog.open) this.dialog.showModal();
  }

  settle(choice) {
    const one = this.waiting.shift();
    if (choice !== "theirs") {
      const value = choice === "mine" ? one.yours : this.dialog.querySelector("[data-joined]").value;
      this.page.save(one.entity, one.id, one.field, value, this.page.store.revOf(one.id));
    }
    this.dialog.close();
    this.show();
  }
}
