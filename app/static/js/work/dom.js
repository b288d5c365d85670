// Small hands for the page: fill words, clone templates, keep a list in step without touching what did not change.

export function setText(element, value) {
  const text = value === undefined || value === null ? "" : String(value);
  if (element && element.textContent !== text) element.textContent = text;
}

export function text(root, name, value) {
  for (const element of root.querySelectorAll(`[data-text="${name}"]`)) setText(element, value);
}

export const clone = (template) => template.content.firstElementChild.cloneNode(true);

// One child of `list` for each of `wanted` [key, data], in that order: `make` builds one, `paint` fills it.
export function keep(list, wanted, make, paint) {
  const there = new Map([...list.children].map((child) => [child.dataset.card, child]));
  const keys = new Set(wanted.map(([key]) => key));
  for (const [key, child] of there) if (!keys.has(key)) child.remove();
  let place = list.firstElementChild;
  for (const [key, data] of wanted) {
    let child = there.get(key);
    if (!child || !child.isConnected) {
      child = make(data);
      child.dataset.card = key;
      list.insertBefore(child, place);
    } else if (child === place) {
      place = place.nextElementSibling;
    } else {
      list.insertBefore(child, place);
    }
    paint(child, data);
  }
}

export const fillIn = (pattern, values) => pattern.replace(/\{(\w+)\}/g, (_all, name) => values[name] ?? "");

// 08.41 น. on the clock of Thailand, wherever the phone thinks it is.
export function clockWords(pattern, moment) {
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Bangkok", hour: "2-digit", minute: "2-digit" }).formatToParts(moment);
  const of = (type) => parts.find((part) => part.type === type).value;
  return fillIn(pattern, { hh: of("hour"), mm: of("minute") });
}
