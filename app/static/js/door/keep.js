// What a paired phone keeps: keys that cannot be read out, and what was encrypted with them.
//
// Two keys: the roster's is destroyed with the roster, the queue's stays, so that what was written at the door can
// still be sent when the phone has been paired again. On plain http there is no encryption and no roster.

import { openDB } from "../../vendor/idb/index.js";

export const ROSTER_KEY = "roster-key";
export const QUEUE_KEY = "queue-key";
const AES = { name: "AES-GCM", length: 256 };
const OPEN_WITHIN = 3000; // a browser that neither opens nor refuses its storage is one without

export const canEncrypt = () => Boolean(globalThis.crypto?.subtle && globalThis.indexedDB);

let opening = null;

function database() {
  const tooLong = new Promise((_, fail) => setTimeout(() => fail(new Error("no storage")), OPEN_WITHIN));
  const open = () => openDB("sammana-door", 1, { upgrade: (store) => store.createObjectStore("kept") });
  opening ??= Promise.race([open(), tooLong]);
  return opening;
}

export const get = async (name) => (await database()).get("kept", name);
export const put = async (name, value) => (await database()).put("kept", value, name);

export async function forget(...names) {
  const change = (await database()).transaction("kept", "readwrite");
  await Promise.all([...names.map((name) => change.store.delete(name)), change.done]);
}

// Two pages may want the key at once: the first one stored is everybody's.
async function key(name) {
  const found = await get(name);
  if (found) return found;
  const fresh = await crypto.subtle.generateKey(AES, false, ["encrypt", "decrypt"]);
  const change = (await database()).transaction("kept", "readwrite");
  const stored = await change.store.get(name);
  if (!stored) await change.store.put(fresh, name);
  await change.done;
  return stored ?? fresh;
}

export async function seal(name, value) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const text = new TextEncoder().encode(JSON.stringify(value));
  return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key(name), text) };
}

// The value, or null where its key is gone.
export async function unseal(name, box) {
  const found = await get(name);
  if (!found) return null;
  const text = await crypto.subtle.decrypt({ name: "AES-GCM", iv: box.iv }, found, box.data).catch(() => null);
  return text && JSON.parse(new TextDecoder().decode(text));
}
