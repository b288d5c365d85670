// Finding by name while typing: the server's answer, or this phone's own where the server gives none.

import { displayName } from "./local_answers.js";
import { ticketIn } from "./ticket.js";

const PAUSE = 250; // a person types on
const SHORTEST = 2;
const PATIENCE = 1500;

export function search(element, ask, { roster, state, forms }) {
  const form = element.querySelector("form[data-search]");
  const found = element.querySelector("[data-found]");
  const input = form.elements.q;
  let timer = 0;
  let asked = 0;

  const clear = () => {
    asked += 1;
    found.replaceChildren();
  };
  const done = () => {
    clear();
    input.value = "";
    input.blur(); // the keyboard makes room for the answer
    window.scrollTo(0, 0);
  };
  const fromServer = async () => {
    const stop = new AbortController();
    const clock = setTimeout(() => stop.abort(), roster.isHere ? PATIENCE : 15000);
    try {
      const body = new URLSearchParams(new FormData(form));
      const response = await fetch(`${form.action}?part=1`, { method: "POST", body, signal: stop.signal });
      if (![200, 422].includes(response.status)) throw new Error(response.status);
      const text = await response.text();
      return [...new DOMParser().parseFromString(text, "text/html").body.childNodes];
    } finally {
      clearTimeout(clock);
    }
  };
  const fromHere = () => rosterResults(element, roster.search(input.value));
  const look = async () => {
    clearTimeout(timer);
    if (input.value.trim().length < SHORTEST) return clear();
    const number = (asked += 1);
    const isAlone = roster.isHere && (state.isCutOff || !form.getAttribute("action"));
    const nodes = isAlone
      ? fromHere()
      : await fromServer().catch((problem) => {
          if (roster.isHere) return fromHere();
          throw problem;
        });
    // An answer to what was typed before must not stand under what is typed now.
    if (number === asked) found.replaceChildren(...nodes);
    return null;
  };
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => look().catch(clear), PAUSE);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const typed = input.value.trim();
    if (ticketIn(typed)) {
      ask({ code: typed, source: "manual" }); // a USB scanner types where the cursor is
      return done();
    }
    return look().catch(() => form.getAttribute("action") && form.submit());
  });
  if (input.value) look().catch(() => {}); // typed before the script was there
  found.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-person]") || !event.submitter?.value) return;
    event.preventDefault();
    ask({ who: event.submitter.value, source: "search" });
    done();
  });
  found.addEventListener("click", (event) => {
    const link = event.target.closest("[data-stand-in], [data-walk-in]");
    if (!link) return;
    event.preventDefault();
    if (link.dataset.standIn) forms.standIn(link.dataset.standIn, link.dataset.name, done);
    else forms.walkIn(input.value, done);
  });
}

function rosterResults(element, { people, hasMore }) {
  const words = element.querySelector("[data-found-words]").dataset;
  const row = element.querySelector("template[data-person-row]");
  if (!people.length) return [nobody(element, words)];
  const list = document.createElement("ul");
  list.className = "door-people";
  for (const person of people) {
    const item = row.content.cloneNode(true);
    item.querySelector("button").value = person.id;
    item.querySelector("strong").textContent = displayName(person);
    item.querySelector("span").textContent = person.unit;
    const link = item.querySelector("[data-stand-in]");
    Object.assign(link.dataset, { standIn: person.id, name: displayName(person) });
    link.ariaLabel = `${link.textContent} ${displayName(person)}`;
    list.append(item);
  }
  const more = document.createElement("p");
  more.className = "soft";
  more.textContent = hasMore ? words.more : "";
  return [list, more];
}

function nobody(element, words) {
  const place = document.createElement("div");
  const line = document.createElement("p");
  line.textContent = words.nobody;
  place.append(line, element.querySelector("template[data-nobody]").content.cloneNode(true));
  return place;
}
