// The ticket code in what was scanned or typed: app/checkin/codes.py's ticket_in.

const TICKET = /^[A-Z2-7]{20}$/;
const LONGEST = 4000;
// A USB scanner is a keyboard: on a computer set to Thai it types ก for D. Kedmanee, key by key.
const LATIN_KEYS =
  "`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./" + '~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?';
const THAI_KEYS =
  "_ๅ/-ภถุึคตจขชๆไำพะัีรนยบลฃฟหกดเ้่าสวงผปแอิืทมใฝ" + '%+๑๒๓๔ู฿๕๖๗๘๙๐"ฎฑธํ๊ณฯญฐ,ฅฤฆฏโฌ็๋ษศซ.()ฉฮฺ์?ฒฬฦ';
const FROM_KEDMANEE = new Map([...THAI_KEYS].map((letter, place) => [letter, LATIN_KEYS[place]]));

function ticket(content) {
  const last = content.trim().split("?")[0].split("#")[0].replace(/\/+$/, "").split("/").at(-1);
  const code = last.replace(/[ -]/g, "").toUpperCase();
  return TICKET.test(code) ? code : null;
}

export function ticketIn(content) {
  if (content.length > LONGEST) return null;
  const found = ticket(content);
  if (found || !/[ก-๛]/.test(content)) return found;
  return ticket([...content].map((letter) => FROM_KEDMANEE.get(letter) ?? letter).join(""));
}
