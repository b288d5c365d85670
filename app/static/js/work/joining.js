// A project goes on in another, or is done together with it: one's own, or one of another table, found by its words.

import { request } from "../http.js";
import { clone, keep, text } from "./dom.js";

const PAUSE = 400;

export class Joining {
  // `page` answers: root (data-others), store, templates, addLink(source, target, type, title)
  constructor(page) {
    this.page = page;
    this.others = []; // as last heard; without a network the last list stays
    page.root.addEventListener("toggle", ({ target }) => target.matches("[data-join]") && target.open && this.ask(target), true);
    page.root.addEventListener("input", ({ target }) => {
      if (!target.matches("[data-join-words]")) return;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(target.closest("[data-join]")), PAUSE);
    });
    page.root.addEventListener("click", ({ target }) => {
      const button = target.closest("[data-join-type]");
      if (button) this.choose(button);
    });
  }

  choose(button) {
    for (const one of button.parentElement.children) one.setAttribute("aria-pressed", String(one === button));
    this.paint(button.closest("[data-join]"));
  }

  async ask(box) {
    this.paint(box);
    const words = box.querySelector("[data-join-words]").value.trim();
    const { others } = this.page.root.dataset;
    const response = await request(`${others}${others.includes("?") ? "&" : "?"}q=${encodeURIComponent(words)}`).catch(() => null);
    if (!response?.ok) return;
    this.others = (await response.json()).projects;
    this.page.press.whenUp(() => this.paint(box));
  }

  paint(box) {
    const source = box.closest("[data-card]").dataset.card;
    const words = box.querySelector("[data-join-words]").value.trim();
    const view = [...this.page.store.view().values()];
    const mine = view
      .filter((one) => one.own && one.kind === "project" && !one.deleted && one.id !== source && (one.fields.title ?? "").includes(words))
      .map((one) => ({ id: one.id, code: one.code, title: one.fields.title, group: "", stages: "" }));
    const linked = new Set(view.filter((one) => one.entity === "link" && !one.deleted).flatMap((one) => (one.source === source ? [one.target] : one.target === source ? [one.source] : [])));
    const found = [...mine, ...this.others].filter((one) => !linked.has(one.id));
    keep(box.querySelector("[data-join-answers]"), found.map((one) => [one.id, one]), () => clone(this.page.templates.joinAnswer), (button, one) => {
      text(button, "code", one.code);
      text(button, "title", one.title);
      text(button, "group", [one.group, one.stages].filter(Boolean).join(" · "));
      button.onclick = () => this.join(box, source, one);
    });
  }

  join(box, source, other) {
    const type = box.querySelector('[data-join-type][aria-pressed="true"]').dataset.joinType;
    this.page.addLink(source, other.id, { type }, other.title);
    box.open = false;
  }
}
