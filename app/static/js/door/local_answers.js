// What the phone itself says when the server does not answer. It lets in whom it knows, keeps what it does not
// know for the review list, and refuses only what is no ticket at all.

import * as keep from "./keep.js";
import { ticketIn } from "./ticket.js";

const thaiTime = (moment) => new Date(moment).toTimeString().slice(0, 5).replace(":", ".") + " น.";
export const displayName = (person) => person.title + person.name;
const card = ({ unit, group, table, ...person }) => ({ name: displayName(person), unit, group, table });

export class LocalAnswers {
  constructor(roster, words) {
    this.roster = roster;
    this.words = words;
  }

  async answer(scan) {
    const said = await this.judge(scan);
    return { client_uuid: scan.id, advice: this.words.kept, person: null, first_at: null, ...said };
  }

  async judge(scan) {
    if (scan.action === "void") return this.takeBack(scan);
    if (scan.walk_in) return this.takeIn(scan, scan.walk_in.name, this.unitName(scan.walk_in.unit));
    if (scan.stand_in) return this.standIn(scan);
    const person = scan.who ? this.roster.byId(scan.who) : await this.roster.byCode(scan.code);
    if (person) return this.enter(scan, person);
    if (scan.code && !ticketIn(scan.code)) {
      return { outcome: "refused", sentence: this.words.unknown, advice: this.words.search_instead };
    }
    const sentence = this.roster.isHere ? this.words.unverified : this.words.no_roster;
    return { outcome: "pending_review", sentence, advice: this.words.take_name };
  }

  async enter(scan, person) {
    const first = (await this.seen())[place(scan, person)];
    if (first) {
      const sentence = this.words.already.replace("{time}", thaiTime(first.at));
      return { outcome: "already", sentence, person: card(person), first_at: first.at };
    }
    await this.remember(scan, person, scan.occurred_at);
    return this.letIn(scan, card(person));
  }

  standIn(scan) {
    const absent = this.roster.byId(scan.stand_in.for);
    const instead = absent ? this.words.standing_for.replace("{name}", displayName(absent)) : "";
    return this.letIn(scan, { ...(absent ? card(absent) : {}), name: `${scan.stand_in.name} ${instead}`.trim() });
  }

  takeIn(scan, name, unit) {
    return this.letIn(scan, { name, unit, group: "", table: null });
  }

  letIn(scan, person) {
    return { outcome: "accepted", sentence: this.words.accepted, person, first_at: scan.occurred_at };
  }

  // Who came in by the scan that is taken back may come in again.
  async takeBack(scan) {
    const seen = await this.seen();
    const kept = Object.entries(seen).filter(([, first]) => first.by !== scan.code);
    await keep.put("seen", Object.fromEntries(kept)).catch(() => {});
    return { outcome: "accepted", sentence: this.words.voided };
  }

  // Also what the server said: without a network its answer is the only one there is.
  async note(scan, answer) {
    if (!["accepted", "already"].includes(answer.outcome) || !this.roster.isHere) return;
    if (scan.action === "void") return void (await this.takeBack(scan));
    const person = scan.who ? this.roster.byId(scan.who) : scan.code && (await this.roster.byCode(scan.code));
    if (person && answer.first_at) await this.remember(scan, person, answer.first_at);
  }

  async remember(scan, person, at) {
    const seen = await this.seen();
    seen[place(scan, person)] ??= { at, by: scan.id };
    await keep.put("seen", seen).catch(() => {});
  }

  async seen() {
    return (keep.canEncrypt() && (await keep.get("seen").catch(() => null))) || {};
  }

  unitName(id) {
    return this.roster.facts?.units.find((unit) => unit.id === id)?.name ?? "";
  }
}

const place = (scan, person) => `${scan.check_point}|${person.id}`;
