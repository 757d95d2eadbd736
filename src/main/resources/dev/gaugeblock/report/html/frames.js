// What each frame of memory is: free, on a list, owned, or nobody's.

const FREE_LIST = /^the free list of order (\d+) of /;
const CPU_LIST = /^the (hot|cold) list of CPU (\d+) of /;
const LRU_LIST = /^the (active|inactive) list of /;

/**
 * Each frame of the zones: its number, its zone, and its uses, each as {sign, says, kind, first, frames}. No use: it is
 * on no list and nobody's. More than one that exclude each other: it is marked as a conflict.
 */
function framesOf(story, state) {
  const frames = new Map();
  for (const span of story.start.spans) {
    for (let pfn = span.first; pfn < span.first + span.frames; pfn++) {
      frames.set(pfn, {pfn: pfn, zone: span.zone, uses: [], references: 0, flags: []});
    }
  }
  for (const place of state.places.values()) {
    addListed(frames, place);
  }
  state.owners.forEach((owner, block) => {
    const found = /^block (\d+) \((\d+) frames?\)$/.exec(block);
    if (found) {
      const name = owner.name || "own";
      use(frames, Number(found[1]), Number(found[2]), "owned", name,
        "owned, " + (owner.name ? owner.name + " of " : "") + owner.who);
    }
  });
  state.words.forEach((value, name) => addWord(frames, name, value));
  return [...frames.values()];
}

function addListed(frames, place) {
  const number = Number((/ (\d+)$/.exec(place.thing) || [])[1]);
  let found = FREE_LIST.exec(place.list);
  if (found) {
    const order = Number(found[1]);
    use(frames, number, 2 ** order, "free", "free " + order, "free, block " + number + " of order " + order);
  } else if ((found = CPU_LIST.exec(place.list))) {
    use(frames, number, 1, "percpu", found[1] + " " + found[2], "on the " + found[1] + " list of CPU " + found[2]);
  } else if ((found = LRU_LIST.exec(place.list))) {
    use(frames, number, 1, "lru", found[1] === "active" ? "act" : "inact", "on " + place.list);
  } else if ((found = /^(page \d+) \(frame (\d+)\)$/.exec(place.thing))) {
    use(frames, Number(found[2]), 1, "cached", found[1].replace("page ", "pg "), found[1] + " of the page cache");
  }
}

function use(frames, first, count, kind, sign, says) {
  for (let pfn = first; pfn < first + count; pfn++) {
    const frame = frames.get(pfn);
    if (frame) {
      frame.uses.push({kind: kind, sign: sign, says: says, first: first, frames: count});
    }
  }
}

function addWord(frames, name, value) {
  const found = /^(references|PG_\w+) of frame (\d+)$/.exec(name);
  const frame = found ? frames.get(Number(found[2])) : null;
  if (frame && found[1] === "references") {
    frame.references = Number(value);
  } else if (frame && value === "set") {
    frame.flags.push(found[1]);
  }
}

/** What a frame is, in words. */
function says(frame) {
  const parts = frame.uses.map(each => each.says);
  if (isConflict(frame)) {
    parts.unshift("CONFLICT");
  }
  if (parts.length === 0) {
    parts.push(frame.references > 0 ? "in use, but on no list and no program's" : "on no list, and nobody's");
  }
  if (frame.references !== 0) {
    parts.push(counted(frame.references, "reference"));
  }
  return parts.concat(frame.flags).join(", ");
}

/** Free and something else at the same time, or on two free lists; a cell of several frames says so itself. */
function isConflict(frame) {
  const lists = frame.uses.filter(each => each.kind === "free" || each.kind === "percpu").length;
  return frame.conflict || frame.conflict === undefined && (lists > 1 || lists === 1 && frame.uses.length > 1);
}

/** The kind that colours its cell. */
function kindOf(frame) {
  if (isConflict(frame)) {
    return "conflict";
  }
  return frame.uses.length > 0 ? frame.uses[0].kind : frame.references > 0 ? "unknown" : "nobody";
}

/** The few letters in its cell. */
function signOf(frame) {
  return isConflict(frame) ? "both!" : frame.uses.length > 0 ? frame.uses[0].sign : frame.references > 0 ? "used" : "\u2013";
}
