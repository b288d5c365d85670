// The cards as this phone knows them: what the server last said, with what is not yet sent laid over it.

export class Store {
  constructor() {
    this.cards = new Map(); // id -> card as the server has it
    this.pending = []; // ops in the order they were made
    this.suggestions = []; // what this phone's owner suggested and nobody has answered
    this.titles = new Map(); // other tables' projects that were linked here: id -> words
  }

  receive(cards, suggestions = null) {
    for (const card of cards) this.cards.set(card.id, card);
    if (suggestions) this.suggestions = suggestions.filter((one) => one.mine);
  }

  suggested(suggestion) {
    this.suggestions = this.suggestions.filter((one) => one.suggestion !== suggestion.suggestion);
    if (!suggestion.outcome) this.suggestions.push(suggestion);
  }

  setPending(ops) {
    this.pending = ops;
  }

  revOf(id) {
    return this.cards.get(id)?.rev ?? 0;
  }

  // A card with everything this phone has written, sent or not; undefined when there is none.
  get(id) {
    return this.view().get(id);
  }

  view() {
    const seen = new Map();
    for (const [id, card] of this.cards) seen.set(id, { ...card, fields: { ...card.fields }, unsent: false });
    for (const op of this.suggestions) {
      const card = seen.get(op.id) ?? (op.action === "create" ? fresh(op) : null);
      if (!card) continue;
      if (op.action !== "delete") lay(op, card);
      card.unsent = false;
      card.suggested = true;
      seen.set(op.id, card);
    }
    for (const op of this.pending) {
      const card = seen.get(op.id) ?? (op.action === "create" ? fresh(op) : null);
      if (!card) continue;
      lay(op, card);
      seen.set(op.id, card);
    }
    for (const card of seen.values()) {
      if (card.entity === "link") addEnds(card, seen, this.titles);
    }
    return seen;
  }
}

function fresh(op) {
  const { kind, source, target, level } = op.fields;
  return { id: op.id, entity: op.entity, kind, source, target, level, code: "", rev: 0, status: "draft", own: true, reference: false, fields: {} };
}

function lay(op, card) {
  card.unsent = true;
  if (op.action === "delete") card.deleted = true;
  else if (op.action === "restore") card.deleted = false;
  for (const [name, value] of Object.entries(op.fields ?? {})) {
    if (["kind", "source", "target"].includes(name)) continue;
    if (value === null || value === "" || value === false) delete card.fields[name];
    else card.fields[name] = value;
  }
}

function addEnds(link, seen, titles) {
  const [source, target] = [seen.get(link.source), seen.get(link.target)];
  link.deleted = Boolean(link.deleted || source?.deleted || target?.deleted);
  link.source_title = source?.fields.title ?? link.source_title ?? "";
  link.target_title = target?.fields.title ?? link.target_title ?? titles.get(link.target) ?? "";
}
