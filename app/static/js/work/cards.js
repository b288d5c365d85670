// The lists of cards: each card's words, what it still lacks, its links, and the one question that is open.

import { clone, fillIn, keep, setText, text } from "./dom.js";
import { SavingForm } from "./form.js";

const UPWARD = ["answered_by", "included_in", "escalated_to", "supports", "part_of"];

export class CardLists {
  // `page` answers: store, words, templates, isOpen(card), openCard(id), addLink(source, target),
  // addCard(kind, title, need), save(entity, id, name, value, rev), remove(card), comments()
  constructor(root, page) {
    this.root = root;
    this.page = page;
    this.forms = new WeakMap();
    this.view = new Map();
    this.lingering = new Set(); // answered just now: stay in the queue until the step is left
  }

  paint() {
    this.view = this.page.store.view();
    const items = [...this.view.values()].filter((card) => card.entity === "item" && !card.deleted);
    const own = items.filter((card) => card.own && !card.reference);
    for (const list of this.root.querySelectorAll("[data-list]")) {
      const cards = this.chosen(list.dataset.list, own);
      keep(list, cards.map((card) => [card.id, card]), (card) => this.makeItem(card, list.dataset.list), (element, card) => this.paintItem(element, card, items));
      const section = list.closest("[data-section]");
      if (list.dataset.list === "returned") section.hidden = !cards.length;
    }
    for (const counter of this.root.querySelectorAll("[data-count]")) setText(counter, this.chosen(counter.dataset.count, own, true).length);
    const todo = this.chosen("todo", own, true).length;
    this.root.querySelector("[data-todo-none]").hidden = todo > 0;
    this.root.querySelector("[data-todo-some]").hidden = todo === 0;
  }

  chosen(list, own, counting = false) {
    if (list === "returned") return own.filter((card) => card.status === "returned");
    if (list === "todo") return own.filter((card) => this.isTodo(card) || (!counting && this.lingering.has(card.id)));
    return own.filter((card) => card.kind === list && (counting || card.status !== "returned"));
  }

  isTodo(card) {
    return this.page.isOpen(card) && ["need", "project", "goal"].includes(card.kind) && !this.upwardOf(card).length;
  }

  // What goes out of a card, and what it does together with another.
  linksOf(card) {
    return [...this.view.values()].filter((one) => one.entity === "link" && !one.deleted && (one.source === card.id || (one.target === card.id && one.fields.type === "joint_with")));
  }

  upwardOf(card) {
    return this.linksOf(card).filter((link) => link.source === card.id && (!link.fields.type || UPWARD.includes(link.fields.type)));
  }

  makeItem(card, list) {
    const element = clone(this.page.templates.item);
    if (list !== "todo") element.id = `card-${card.id}`;
    element.querySelector("[data-ask]").open = list === "todo" || (card.kind === "project" && card.unsent);
    return element;
  }

  paintItem(element, card, items) {
    setText(element.querySelector(".plan-head .plan-code"), card.code || "…");
    setText(element.querySelector(".plan-title"), card.fields.title);
    element.classList.toggle("is-closed", !this.page.isOpen(card));
    element.querySelector(".plan-head [data-unsent]").hidden = !card.unsent;
    element.querySelector(".plan-head [data-suggested]").hidden = !card.suggested;
    element.querySelector("[data-returned]").hidden = card.status !== "returned";
    element.querySelector("[data-merged]").hidden = card.status !== "merged";
    const more = element.querySelector("[data-open]");
    more.href = `#card=${card.id}`;
    more.dataset.open = card.id;
    this.paintComments(element.querySelector("[data-comments]"), card.id);
    this.paintLacks(element.querySelector("[data-lacks]"), card);
    const links = this.linksOf(card);
    keep(element.querySelector("[data-links]"), links.map((link) => [link.id, link]), (link) => this.makeLink(link), (row, link) => this.paintLink(row, link, card));
    const join = element.querySelector("[data-join]");
    if (join) join.hidden = card.kind !== "project" || !this.page.isOpen(card) || !this.page.state.pen.full;
    this.paintQuestion(element.querySelector("[data-ask]"), card, links, items);
  }

  paintComments(box, id) {
    const comments = this.page.comments(id);
    box.replaceChildren(...comments.map((comment) => {
      const line = clone(this.page.templates.comment);
      text(line, "name", comment.name);
      text(line, "text", comment.text);
      return line;
    }));
  }

  paintLacks(list, card) {
    const { words } = this.page;
    const lacks = [];
    if (card.kind === "project" && this.page.state.pen.full) {
      const has = (family) => Object.keys(card.fields).some((name) => name.startsWith(`${family}/`));
      if (!card.fields.lead_name) lacks.push(words.lead);
      if (!card.fields.no_budget && !has("budget")) lacks.push(words.budget);
      if (!card.fields.output_target) lacks.push(words.output);
    }
    list.replaceChildren(...lacks.map((lack) => {
      const line = document.createElement("li");
      line.className = "chip chip-warning";
      line.textContent = lack;
      return line;
    }));
  }

  // -- the open question ------------------------------------------------------------------------------

  paintQuestion(ask, card, links, items) {
    const { words } = this.page;
    ask.hidden = !this.page.isOpen(card);
    const question = { need: words.questionNeed, project: words.questionProject, goal: words.questionGoal }[card.kind];
    setText(ask.querySelector("summary"), links.length ? words.another : question);
    const adding = ask.querySelector("[data-add]");
    if (adding) adding.hidden = card.kind !== "need";
    ask.dataset.need = card.id;
    const linked = new Set(links.map((link) => link.target));
    const answers = this.answersTo(card, items).filter((item) => !linked.has(item.id));
    keep(ask.querySelector("[data-answers]"), answers.map((item) => [item.id, item]), () => clone(this.page.templates.answer), (button, item) => {
      text(button, "code", item.code);
      text(button, "title", item.fields.title);
      button.onclick = () => {
        this.lingering.add(card.id);
        this.page.addLink(card.id, item.id);
        ask.open = false;
      };
    });
    ask.querySelector("[data-answers]").hidden = !answers.length;
  }

  answersTo(card, items) {
    const own = (kind) => items.filter((item) => item.own && item.kind === kind && item.id !== card.id);
    const issues = items.filter((item) => item.reference && item.level === this.page.anchor.level && this.page.anchor.kinds.includes(item.kind));
    if (card.kind === "need") return own("project");
    const rank = (item) => this.page.ranks[item.fields.level ?? item.level] ?? 0;
    const above = own("project").filter((item) => rank(item) > rank(card));
    return card.kind === "project" ? [...issues, ...own("goal"), ...above] : issues;
  }

  // -- links ----------------------------------------------------------------------------------------

  makeLink(link) {
    const row = clone(this.page.templates.link);
    const form = row.querySelector("[data-form]");
    this.forms.set(row, new SavingForm(form, { save: (name, value, rev) => this.page.save("link", link.id, name, value, rev) }));
    row.querySelector("[data-plain]")?.remove();
    row.querySelector("[data-delete]")?.addEventListener("click", () => this.page.remove("link", link.id));
    row.querySelector("details").open = Boolean(link.unsent && link.rev === 0);
    return row;
  }

  paintLink(row, link, card) {
    const { words, strengths } = this.page;
    text(row, "target", link.source === card.id ? link.target_title : link.source_title);
    text(row, "type", { feeds: words.feeds, joint_with: words.joint, escalated_to: words.escalated }[link.fields.type] ?? "");
    text(row, "rationale", link.fields.rationale);
    const chip = row.querySelector("[data-strength]");
    chip.hidden = !link.fields.strength;
    setText(chip, strengths[Number(link.fields.strength)]);
    row.querySelector("[data-unsent]").hidden = !link.unsent;
    row.querySelector("[data-suggested]").hidden = !link.suggested;
    const open = link.own && this.page.isOpen(card);
    for (const input of row.querySelectorAll("fieldset, textarea")) input.disabled = !open;
    this.forms.get(row).fill(link.fields, this.page.store.revOf(link.id));
    const remove = row.querySelector("[data-delete]");
    if (remove) remove.hidden = !open;
    row.title = fillIn(words.theirs, { name: link.source_title });
  }
}
