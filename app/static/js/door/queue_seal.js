// What was typed about a person waits encrypted: names and telephone numbers of a queue do not lie open.

import * as keep from "./keep.js";

const PERSONAL = ["walk_in", "stand_in"];

export async function seal(entry) {
  const typed = Object.fromEntries(PERSONAL.filter((name) => entry[name]).map((name) => [name, entry[name]]));
  if (!Object.keys(typed).length || !keep.canEncrypt()) return entry;
  const rest = Object.fromEntries(Object.entries(entry).filter(([name]) => !PERSONAL.includes(name)));
  return { ...rest, sealed: await keep.seal(keep.QUEUE_KEY, typed) };
}

export async function unseal(entry) {
  if (!entry.sealed) return entry;
  const { sealed, ...rest } = entry;
  return { ...rest, ...((await keep.unseal(keep.QUEUE_KEY, sealed)) ?? { walk_in: {} }) };
}
