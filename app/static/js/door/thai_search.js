// Finding a name as the server finds it: app/core/text.py's clean_name, search_key and query_key, step by step.

const TONES = "\u0e48-\u0e4b";
const ABOVE_AND_BELOW = "\u0e31\u0e34-\u0e3a";
const REPEATS = `${ABOVE_AND_BELOW}\u0e30\u0e32\u0e33\u0e45\u0e40-\u0e44\u0e47\u0e4c-\u0e4e`;
const UNSEEN = /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

const ORDER = [
  [/\u0e40\u0e40/g, "\u0e41"],
  [new RegExp(`([${TONES}\u0e4c]+)([${ABOVE_AND_BELOW}]+)`, "g"), "$2$1"],
  [new RegExp(`\u0e4d([${TONES}]*)\u0e32`, "g"), "$1\u0e33"],
  [new RegExp(`([\u0e30\u0e32\u0e33\u0e45]+)([${TONES}]+)`, "g"), "$2$1"],
];
const ONCE = [
  [new RegExp(`[${TONES}]+([${TONES}])`, "g"), "$1"],
  [new RegExp(`([${REPEATS}])\\1+`, "g"), "$1"],
];
const ALIKE = { "\u0e28": "\u0e2a", "\u0e29": "\u0e2a", "\u0e13": "\u0e19", "\u0e43": "\u0e44", "\u0e45": "\u0e32" };
const DOTTED = String.raw`(?:[\u0e01-\u0e2e]{1,4}\.\s?){1,5}(?:หญิง\s?)?`;
const TITLE = new RegExp(String.raw`^(?:นางสาว|นาง|นาย|ว่าที่\s?${DOTTED}|${DOTTED})\s*(?=[\u0e01-\u0e2e\u0e40-\u0e44].)`);

const replaceAll = (text, pairs) => pairs.reduce((so, [habit, right]) => so.replace(habit, right), text);
const arabic = (text) => text.replace(/[\u0e50-\u0e59]/g, (digit) => digit.charCodeAt(0) - 0x0e50);

export function cleanName(typed) {
  let text = typed.normalize("NFC").replace(UNSEEN, "").replace(/\s+/g, " ").trim();
  for (let before = null; before !== text; ) {
    before = text;
    text = arabic(replaceAll(replaceAll(text, ORDER), ONCE)).normalize("NFC");
  }
  return text;
}

export function searchKey(name) {
  const heard = cleanName(name).toLowerCase().replace(/[\u0e47-\u0e4e\u0e3a]/g, "");
  const alike = heard.replace(/[\u0e28\u0e29\u0e13\u0e43\u0e45]/g, (letter) => ALIKE[letter]).normalize("NFC");
  return alike.replace(/[^\p{L}\p{N}\p{M}]/gu, "");
}

export function queryKey(typed) {
  const text = cleanName(typed);
  return searchKey(text.replace(TITLE, "")) || searchKey(text);
}

// A test of a name's key, or null where too little was typed.
export function matcher(typed, shortest) {
  const whole = queryKey(typed);
  if ([...whole].length < shortest) return null;
  const words = cleanName(typed).split(" ").map(searchKey).filter(Boolean);
  return {
    begins: (key) => key.startsWith(whole),
    matches: (key) => key.includes(whole) || words.every((word) => key.includes(word)),
  };
}
