// What a table settles among itself: who holds the pen, what members suggest, a raised hand, what was said to it.

import { postJSON } from "../http.js";
import { clone, fillIn, keep, setText, text } from "./dom.js";

export class Table {
  // `page` answers: root, find(name), words, templates, state, received(state), tell(sentence), comments(id)
  constructor(page) {
    this.page = page;
    this.groupId = page.root.dataset.group;
    this.read = new Set(remembered("work-read"));
    page.root.addEventListener("submit", (event) => this.submitted(event));
    page.root.addEventListener("click", ({ target }) => {
      const button = target.closest("[data-dismiss]");
      if (button) this.dismiss(button.dataset.dismiss);
    });
  }

  // Forms of the table go by script, so that nothing typed elsewhere on the page is lost by a new page. Their
  // buttons are called "action", and so hide the form's property of that name.
  async submitted(event) {
    const form = event.target.closest("form[data-table]");
    if (!form) return;
    event.preventDefault();
    if (form.dataset.busy) return;
    form.dataset.busy = "1";
    try {
      this.page.received(await postJSON(form.getAttribute("action"), { action: event.submitter?.value ?? "" }));
    } catch (problem) {
      this.page.tell(problem.body?.sentence ?? this.page.words.offline);
    }
    delete form.dataset.busy;
  }

  dismiss(id) {
    this.read.add(id);
    remember("work-read", [...this.read].slice(-200));
    this.paint();
  }

  paint() {
    const { pen, hand, closed } = this.page.state;
    this.paintPen(pen, closed);
    this.page.root.toggleAttribute("data-short", !pen.full);
    this.page.find("hand-up").hidden = hand;
    this.page.find("hand-down").hidden = !hand;
    this.paintSuggestions(pen.writes && !closed ? this.page.state.suggestions.filter((one) => !one.waits) : []);
    this.paintComments();
  }

  paintPen(pen, closed) {
    const { words } = this.page;
    this.page.find("pen").hidden = !pen.asked || closed;
    const holder = pen.adviser ? words.penAdviser : pen.mine ? words.penMine : pen.name ? fillIn(words.penOf, pen) : words.penNone;
    setText(this.page.find("pen-words"), holder);
    this.page.find("pen-take").hidden = pen.mine || pen.adviser;
    setText(this.page.find("pen-take"), pen.name ? words.penOver : words.penTake);
    this.page.find("pen-down").hidden = !pen.mine;
  }

  paintSuggestions(suggestions) {
    const box = this.page.find("suggestions");
    box.hidden = !suggestions.length;
    setText(this.page.find("suggestions-count"), suggestions.length);
    keep(box.querySelector("ul"), suggestions.map((one) => [one.suggestion, one]), () => clone(this.page.templates.suggestion), (row, one) => {
      text(row, "name", one.name);
      text(row, "heading", one.heading);
      row.querySelector("form").setAttribute("action", this.page.root.dataset.suggestionUrl.replace("ID", one.suggestion));
      row.querySelector("[data-lines-of]").replaceChildren(...one.lines.map((line) => this.line(line)));
    });
  }

  line({ label, old, new: fresh }) {
    const row = clone(this.page.templates.suggestionLine);
    text(row, "label", label);
    text(row, "old", old);
    row.querySelector("del").hidden = !old;
    text(row, "new", fresh);
    return row;
  }

  paintComments() {
    const said = this.page.state.comments.filter((one) => ["", this.groupId].includes(one.card) && !one.settled && !this.read.has(one.id));
    keep(this.page.find("group-comments"), said.map((one) => [one.id, one]), () => clone(this.page.templates.said), (row, one) => {
      text(row, "name", one.name);
      text(row, "text", one.text);
      row.querySelector("[data-dismiss]").dataset.dismiss = one.id;
    });
  }
}

function remembered(name) {
  try {
    return JSON.parse(localStorage.getItem(name)) ?? [];
  } catch {
    return [];
  }
}

function remember(name, value) {
  try {
    localStorage.setItem(name, JSON.stringify(value));
  } catch {
    // a browser without storage shows it again after a reload
  }
}
