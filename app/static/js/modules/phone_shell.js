// The door's page when the server does not answer: what it shows comes from what this phone keeps.

import { Roster } from "../door/roster.js";
import { startAll } from "../main.js";

export async function init(element) {
  const roster = await new Roster().open().catch(() => new Roster());
  const [, here] = window.location.pathname.match(/\/staff\/at\/([^/]+)/) ?? [];
  const retry = element.querySelector("[data-retry]");
  retry.addEventListener("click", () => window.location.reload());
  if (!roster.isHere) {
    element.querySelector("[data-nothing-kept]").hidden = false;
    return;
  }
  const { event, check_points: points, units } = roster.facts;
  element.querySelector("[data-event-name]").textContent = event.name;
  const point = points.find(({ id }) => id === here);
  if (point) openScanner(element, { event, points, point, units });
  else element.append(listOf(points, element.dataset.pages));
}

function listOf(points, pages) {
  const list = document.createElement("ul");
  list.className = "list";
  for (const { id, name } of points) {
    const item = list.appendChild(document.createElement("li"));
    const link = item.appendChild(document.createElement("a"));
    link.className = "list-link";
    link.href = `${pages}${id}`;
    link.textContent = name;
  }
  return list;
}

function openScanner(element, { event, points, point, units }) {
  const scanner = element.querySelector("template[data-scanner]").content.cloneNode(true);
  scanner.querySelector(".scanner").dataset.event = event.id;
  const options = points.map(({ id, name }) => new Option(name, id, id === point.id, id === point.id));
  scanner.querySelector('[name="check_point"]').replaceChildren(...options);
  scanner.querySelector('[name="unit"]').append(...units.map(({ id, name }) => new Option(name, id)));
  element.append(scanner);
  startAll(element);
}
