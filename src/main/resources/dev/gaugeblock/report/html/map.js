// The map of memory before and after a step, and the lists beside it, with what changed marked.

/** At most so many frames of a zone are drawn. */
const MOST_FRAMES = 512;

/** Memory and lists before and after a step; index from 0. */
function mapOf(story, index) {
  const before = stateAfter(story, index);
  const after = stateAfter(story, index + 1);
  const old = framesOf(story, before);
  const now = framesOf(story, after);
  return make("div", {class: "map"},
    story.start.spans.map(span => zoneMap(span, old, now)),
    key_(),
    listTable(before, after),
    windowTable(before, after),
    wordTable(story.steps[index], after));
}

function key_() {
  return make("p", {class: "key"},
    "free N: free block of order N \u00b7 hot/cold N: list of CPU N \u00b7 a name: owned by that variable \u00b7 pg N: page N of the cache \u00b7 "
    + "act/inact: LRU \u00b7 used: in use, nobody known has it \u00b7 \u2013: on no list \u00b7 \u00d7N: references \u00b7 \u25c6: changed by this step");
}

function zoneMap(span, old, now) {
  const changed = now.filter((frame, i) => frame.zone === span.zone && says(frame) !== says(old[i]));
  return make("div", {class: "zone"},
    make("h4", {}, "Zone " + span.zone + ", " + counted(span.frames, "frame")
      + (changed.length === 0 ? ": unchanged" : ": " + changed.length + " changed")),
    strip("before", old, old, span),
    strip("after", now, old, span),
    span.frames > MOST_FRAMES ? make("p", {}, "The first " + MOST_FRAMES + " frames are shown.") : null);
}

function strip(title, frames, old, span) {
  const cells = [];
  for (let i = 0; i < frames.length && cells.length < MOST_FRAMES; i++) {
    if (frames[i].zone === span.zone && frames[i].pfn >= span.first && frames[i].pfn < span.first + span.frames) {
      cells.push(cell(frames[i], says(frames[i]) !== says(old[i])));
    }
  }
  return make("div", {class: "strip"}, make("span", {class: "strip-title"}, title), make("ol", {class: "cells"}, cells));
}

function cell(frame, changed) {
  const block = frame.uses[0];
  const joined = block && block.frames > 1;
  const classes = ["cell", kindOf(frame)];
  if (changed) {
    classes.push("changed");
  }
  if (joined && frame.pfn > block.first) {
    classes.push("joined");
  }
  const count = frame.count || 1;
  const text = framesText(frame.pfn, count) + ": " + says(frame);
  if (frame.named) {
    classes.push("named");
  }
  return make("li", {class: classes.join(" "), title: text},
    make("span", {"aria-hidden": "true", class: "pfn"}, numberOf(frame.pfn, count), changed ? " \u25c6" : "", frame.named ? " \u25b8" : ""),
    make("span", {"aria-hidden": "true", class: "sign"}, signOf(frame)),
    make("span", {"aria-hidden": "true", class: "refs"},
      (frame.references ? "\u00d7" + frame.references : "") + (frame.flags.includes("PG_locked") ? " L" : "")),
    unseen(text + (changed ? ", changed" : "") + (frame.named ? ", this event is about it" : "")));
}

/** The frames of a cell in as few signs as can be. */
function numberOf(first, count) {
  const both = first + "\u2013" + (first + count - 1);
  return count === 1 ? String(first) : both.length > 7 ? first + "\u2026" : both;
}

/** Rows of what is the same or changed; changed ones first say so. */
function comparison(caption, names, rows) {
  if (rows.length === 0) {
    return null;
  }
  return make("table", {class: "compare"},
    make("caption", {}, caption),
    make("thead", {}, make("tr", {}, names.map(name => make("th", {scope: "col"}, name)))),
    make("tbody", {}, rows.map(([name, from, to]) => make("tr", {class: from === to ? null : "changed"},
      make("th", {scope: "row"}, from === to ? null : make("span", {}, "\u25c6 ", unseen("changed: ")), name),
      make("td", {}, from), make("td", {}, to)))));
}

function listTable(before, after) {
  const old = listsOf(before);
  const now = listsOf(after);
  const names = [...new Set([...old.keys(), ...now.keys()])].sort(byList);
  const text = things => things ? things.join(", ") : "empty";
  return comparison("Lists and queues", ["list", "before", "after"],
    names.map(name => [name, text(old.get(name)), text(now.get(name))]));
}

function byList(one, other) {
  const rank = name => FREE_LIST.test(name) ? 0 : CPU_LIST.test(name) ? 1 : 2;
  return rank(one) - rank(other) || one.localeCompare(other, "en", {numeric: true});
}

const SLOT = /^(entry|count|TLB of CPU \d+) (?:of|for) slot (\d+)$/;

/** The slots of the kmap window that are or were in use. */
function windowTable(before, after) {
  const slots = new Map();
  for (const state of [before, after]) {
    for (const name of state.words.keys()) {
      const found = SLOT.exec(name);
      if (found) {
        slots.set(Number(found[2]), true);
      }
    }
  }
  const text = (state, slot) => {
    const parts = [];
    state.words.forEach((value, name) => {
      const found = SLOT.exec(name);
      if (found && Number(found[2]) === slot && value !== "0" && value !== "nothing") {
        parts.push(found[1] + ": " + value);
      }
    });
    return parts.sort().join(", ") || "not in use";
  };
  return comparison("Slots of the kmap window", ["slot", "before", "after"],
    [...slots.keys()].sort((a, b) => a - b).map(slot => ["slot " + slot, text(before, slot), text(after, slot)]));
}

/** The values that the step changes, and, folded, the others that are not as usual after it. */
function wordTable(step, after) {
  const changed = new Set(step.values.map(change => change.name));
  const others = [...after.words].filter(([name]) => !changed.has(name) && !SLOT.test(name) && !CPU_LIST.test(name));
  return make("div", {},
    comparison("Values that change", ["value", "before", "after"],
      step.values.filter(change => !SLOT.test(change.name)).map(change => [change.name, change.from, change.to])),
    others.length === 0 ? null : make("details", {}, make("summary", {}, counted(others.length, "other value")), facts(others)));
}
