// Before a phone is un-paired, or where another event is chosen: how many scans it still holds, and whose.

import { belongsTo } from "../door/queue_owner.js";
import { Outbox } from "../outbox.js";

export async function init(element) {
  const { event, waiting, foreign } = element.dataset;
  const outbox = await new Outbox("scans", "", { isMine: belongsTo(event) }).openStore();
  const say = async () => {
    const counted = [
      [waiting, (await outbox.waiting()).length],
      [foreign, (await outbox.foreign()).length],
    ];
    const lines = counted.filter(([, number]) => number).map(([words, number]) => words.replace("{count}", number));
    element.textContent = lines.join(" · ");
    element.hidden = !lines.length;
  };
  await say();
  window.addEventListener("pageshow", say);
}
