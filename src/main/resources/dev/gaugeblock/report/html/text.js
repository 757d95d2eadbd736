// Text and elements. Whatever comes from a file is put in as text, never as HTML.

/** A text in which what would turn the direction of writing, or cannot be seen, is spelt out. */
function shown(text) {
  return String(text).replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]/g,
    each => "\\u" + each.charCodeAt(0).toString(16).padStart(4, "0"));
}

/** An element with attributes and children; children that are no elements become text, null ones are left out. */
function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value !== null && value !== false) {
      element.setAttribute(key, shown(value));
    }
  }
  add(element, children);
  return element;
}

function add(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined) {
      element.append(child instanceof Node ? child : shown(child));
    }
  }
}

/** Puts these in the place of what an element holds. */
function fill(element, ...children) {
  element.replaceChildren();
  add(element, children);
}

/** Words that are only for who cannot see the picture. */
function unseen(text) {
  return make("span", {class: "unseen"}, text);
}

function section(heading, ...children) {
  return make("section", {}, make("h2", {}, heading), ...children);
}

/** "1 step", "2 steps". */
function counted(number, what) {
  return number.toLocaleString("en") + " " + what + (number === 1 ? "" : "s");
}

const VERDICT_SIGNS = {
  "holds": "\u2713", "violated": "\u2717", "unexpected": "\u2717", "unreadable": "?", "bounded": "\u2026",
  "inconclusive": "\u2026", "broken": "!", "not-judged": "\u2013"
};

/** A verdict as a sign and a word; its colour says nothing more. */
function verdictOf(verdict) {
  return make("span", {class: "verdict " + verdict},
    make("span", {"aria-hidden": "true"}, (VERDICT_SIGNS[verdict] || "") + " "), verdict);
}

/** A table of names and what goes with them; rows without a text are left out. */
function facts(rows) {
  const kept = rows.filter(([, value]) => value !== null && value !== undefined && value !== "");
  return kept.length === 0 ? null : make("dl", {class: "facts"},
    kept.map(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]));
}

/** A list of lines as they stand in a file, with their numbers; one of them may be marked. */
function listing(lines, marked) {
  return make("ol", {class: "listing"}, lines.map((line, index) =>
    make("li", {class: marked === index + 1 ? "marked" : null, "aria-current": marked === index + 1 ? "true" : null},
      make("code", {}, line === "" ? " " : line))));
}
