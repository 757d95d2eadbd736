// The map of memory as the events of a file tell it: cells of one or more frames, with who owns them.

/** Who owns what after so many steps of a drawing. */
function ownersAfter(drawing, steps) {
  const key = block => block.first + "+" + block.frames + "@" + block.line;
  const owners = new Map(drawing.before.map(block => [key(block), block]));
  for (const step of drawing.steps.slice(0, steps)) {
    step.ends.forEach(block => owners.delete(key(block)));
    step.begins.forEach(block => owners.set(key(block), block));
  }
  return [...owners.values()];
}

/** The cells with their uses, in the form of the frames of a counterexample; about: the frames that a step is about. */
function cellsOf(drawing, owners) {
  const held = new Map(drawing.held);
  return drawing.spans.flatMap(span => {
    const end = span.first + span.frames;
    const firsts = drawing.cells.filter(first => first >= span.first && first < end);
    return firsts.map((first, index) => {
      const count = (index + 1 < firsts.length ? firsts[index + 1] : end) - first;
      return cellOf(drawing, span.zone, first, count, owners, held.get(first) || 0);
    });
  });
}

function cellOf(drawing, zone, first, count, owners, held) {
  const cell = {pfn: first, count: count, zone: zone, uses: [], references: 0, flags: [], conflict: false};
  const inside = owners.filter(block => block.first < first + count && first < block.first + block.frames);
  const own = drawing.own.filter(range => range[0] < first + count && first < range[0] + range[1]);
  for (const block of inside) {
    cell.uses.push({kind: "owned", sign: "L" + block.line, first: block.first, frames: block.frames,
      says: framesText(block.first, block.frames) + " owned since line " + block.line});
  }
  cell.conflict = inside.some((block, i) => inside.some((other, j) => i < j
    && block.first < other.first + other.frames && other.first < block.first + block.frames));
  if (held > 0) {
    cell.uses.push({kind: "owned", sign: "part", first: first, frames: count, says: counted(held, "frame") + " owned since before these events"});
  }
  const taken = held + inside.reduce((sum, block) => sum + Math.min(block.first + block.frames, first + count) - Math.max(block.first, first), 0);
  if (own.length > 0) {
    cell.uses.push({kind: "lru", sign: "own", first: first, frames: count, says: "the allocator's own"});
  } else if (taken < count) {
    cell.uses.push(drawing.is_known
      ? {kind: "free", sign: "free", first: first, frames: 1, says: (taken > 0 ? counted(count - taken, "frame") + " " : "") + "free"}
      : {kind: "nobody", sign: "?", first: first, frames: 1, says: "nobody is known to have " + (taken > 0 ? "the others" : "it")});
  }
  return cell;
}

function eventMap(drawing, index) {
  const old = cellsOf(drawing, ownersAfter(drawing, index));
  const now = cellsOf(drawing, ownersAfter(drawing, index + 1));
  const about = drawing.steps[index].about;
  for (const cell of old.concat(now)) {
    cell.named = about !== null && cell.pfn < about[0] + about[1] && about[0] < cell.pfn + cell.count;
  }
  return make("div", {class: "map"},
    make("p", {class: "key"}, "L N: owned since line N \u00b7 free: nobody has it"
      + (drawing.is_known ? "" : " \u00b7 ?: nobody is known to have it") + " \u00b7 own: the allocator's \u00b7 both!: two own it at once"
      + " \u00b7 \u25c6: changed by this event \u00b7 \u25b8: this event is about it"),
    drawing.spans.map(span => zoneMap(span, old, now)),
    drawing.spans.length === 0 ? make("p", {}, "The file does not say what the machine is, and no event is about a frame.") : null);
}
