// A card with all its questions, over the page. Lines are added and removed; everything saves by itself.

import { newUuid } from "../http.js";
import { clone, keep, text } from "./dom.js";
import { SavingForm } from "./form.js";

export class Sheet {
  constructor(dialog, page) {
    this.dialog = dialog;
    this.page = page;
    this.card = null;
    this.fields = dialog.querySelector("[data-sheet-fields]");
    this.form = new SavingForm(dialog.querySelector("[data-sheet-form]"), {
      save: (name, value, rev) => this.page.save("item", this.card, name, value, rev),
    });
    dialog.querySelector("[data-close]").addEventListener("click", () => this.close());
    dialog.querySelector("[data-delete]").addEventListener("click", () => {
      this.page.remove("item", this.card);
      this.close();
    });
    dialog.addEventListener("cancel", () => this.form.flushAll());
    dialog.addEventListener("close", () => this.closed());
    this.fields.addEventListener("click", ({ target }) => this.lineButton(target));
    this.fields.addEventListener("change", ({ target }) => this.activityChanged(target));
  }

  open(id) {
    const card = this.page.store.get(id);
    const template = card && this.page.fields[card.kind];
    if (!template) return;
    this.form.flushAll();
    this.card = id;
    this.form.shown.clear();
    this.fields.replaceChildren(template.content.cloneNode(true));
    for (const part of this.fields.querySelectorAll("[data-part]")) part.open = this.page.state.pen.full;
    this.paint();
    if (!this.dialog.open) this.dialog.showModal();
    this.dialog.scrollTop = 0;
  }

  close() {
    this.form.flushAll();
    this.dialog.close();
  }

  closed() {
    this.form.flushAll();
    this.card = null;
    if (location.hash.startsWith("#card=")) history.replaceState(null, "", location.pathname + location.search);
  }

  paint() {
    if (!this.card) return;
    const card = this.page.store.get(this.card);
    if (!card || card.deleted) return this.dialog.close();
    text(this.dialog, "code", card.code || "…");
    this.fields.disabled = !this.page.isOpen(card);
    this.dialog.querySelector("[data-delete]").hidden = this.fields.disabled;
    this.dialog.querySelector("[data-history-link]").href = `${this.page.cardUrl(card.id)}`.replace(card.id, `${card.id}/history`);
    this.page.lists.paintComments(this.dialog.querySelector("[data-comments]"), card.id);
    this.keepLines(card);
    this.paintActivities(card);
    this.form.fill({ level: card.level, ...card.fields }, this.page.store.revOf(card.id));
  }

  keepLines(card) {
    for (const list of this.fields.querySelectorAll("[data-lines]")) {
      const family = list.dataset.lines;
      const wanted = Object.keys(card.fields).filter((name) => name.startsWith(`${family}/`));
      for (const name of wanted) if (!this.line(name)) this.addLine(family, name.split("/")[1]);
      for (const line of [...list.children]) {
        const isSpare = line.dataset.spare && wanted.length && !this.form.read(line.dataset.line) && !this.form.isBusy(line.dataset.line);
        if (wanted.includes(line.dataset.line)) line.dataset.stored = "1";
        else if (isSpare) line.remove(); // the empty line that was there for a first entry
        else if (line.dataset.stored && !this.form.isBusy(line.dataset.line)) line.remove(); // somebody took it away
      }
      if (!list.children.length) this.addLine(family, newUuid()).dataset.spare = "1";
      this.fields.querySelector(`[data-add-line="${family}"]`).hidden = false;
    }
    for (const button of this.fields.querySelectorAll("[data-remove-line]")) button.hidden = false;
  }

  line(name) {
    return this.fields.querySelector(`[data-line="${CSS.escape(name)}"]`);
  }

  addLine(family, id) {
    const line = clone(this.fields.querySelector(`[data-line-template="${family}"]`));
    line.dataset.line = `${family}/${id}`;
    for (const input of line.querySelectorAll("[name]")) input.name = input.name.replace("/LINE/", `/${id}/`);
    line.querySelector("[data-remove-line]").hidden = false;
    this.fields.querySelector(`[data-lines="${family}"]`).append(line);
    return line;
  }

  lineButton(target) {
    const add = target.closest("[data-add-line]");
    const remove = target.closest("[data-remove-line]");
    if (add) this.addLine(add.dataset.addLine, newUuid()).querySelector("input, select").focus();
    const [adding, removing] = [target.closest("[data-add-activity]"), target.closest("[data-remove-activity]")];
    if (adding) this.addActivity();
    if (removing) this.page.remove("item", removing.closest("[data-card]").dataset.card);
    if (remove) {
      const line = remove.closest("[data-line]");
      const name = line.dataset.line;
      const rev = this.form.shown.get(name) ?? this.form.rev;
      this.form.timers.delete(name);
      line.remove();
      if (this.page.store.get(this.card)?.fields[name] !== undefined) this.page.save("item", this.card, name, null, rev);
    }
  }

  // -- the parts of a project: cards of their own, written where the project is ---------------------------

  paintActivities(card) {
    const list = this.fields.querySelector("[data-activities]");
    if (!list) return;
    const view = this.page.store.view();
    const parts = [...view.values()].filter((link) => link.entity === "link" && !link.deleted && link.target === card.id).map((link) => view.get(link.source));
    const found = parts.filter((one) => one?.kind === "activity" && !one.deleted);
    keep(list, found.map((one) => [one.id, one]), () => clone(this.page.templates.activity), (row, one) => {
      const input = row.querySelector("input");
      if (input !== document.activeElement && input.value !== one.fields.title) input.value = one.fields.title ?? "";
    });
  }

  addActivity() {
    const input = this.fields.querySelector("[data-new-activity]");
    const title = input.value.trim();
    if (title) this.page.addCard("activity", title, { whole: this.page.store.get(this.card) });
    input.value = "";
    input.focus();
  }

  activityChanged(input) {
    const row = input.closest("[data-activities] [data-card]");
    if (row && input.value.trim()) this.page.save("item", row.dataset.card, "title", input.value.trim(), this.page.store.revOf(row.dataset.card));
  }
}
