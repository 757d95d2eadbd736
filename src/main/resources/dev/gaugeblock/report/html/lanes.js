// A counterexample as lanes: one for each program, time downwards, one step selected.

/** Shows the lanes of a story with the panel of the selected step beside it. */
function lanesOf(story, evidence) {
  const shape = barsOf(story, evidence.message);
  const panel = make("div", {class: "panel", tabindex: "-1"});
  const rows = story.steps.map((step, index) => row(story, shape.bars, index, evidence));
  const arrows = svg("svg", {class: "arrows", "aria-hidden": "true"});
  const list = make("div", {
    class: "lanes", role: "listbox", tabindex: "0", "aria-label": "Steps in the order of time; arrow keys select one"
  }, rows);
  list.append(arrows);
  list.style.setProperty("--lanes", story.programs.length);
  const slots = 1 + Math.max(0, ...shape.bars.map(bar => bar.slot));
  list.style.setProperty("--slots", slots);
  const head = headOf(story);
  head.style.setProperty("--lanes", story.programs.length);
  head.style.setProperty("--slots", slots);
  const selection = new Selection({
    list: list, rows: rows, panel: panel, lane: index => story.steps[index].decision, shown: index => stepPanel(story, index, evidence)
  });
  watch(list, arrows, story, rows);
  return {
    element: make("div", {class: "story"},
      make("div", {class: "picture"}, legend(shape), head, list), panel),
    select: index => selection.select(index, true),
    begin: () => selection.select(story.steps.length - 1, false)
  };
}

function headOf(story) {
  return make("div", {class: "lane-head", "aria-hidden": "true"}, make("span", {class: "num"}, ""),
    story.programs.map((title, lane) => {
      const name = make("span", {class: "lane-name"}, title);
      name.style.setProperty("--lane", lane);
      return name;
    }));
}

function legend(shape) {
  const parts = [...shape.letters].map(([lock, sign]) => part("lock", sign, lock + " held"));
  if (shape.bars.some(bar => bar.kind === "irq")) {
    parts.push(part("irq", "i", "interrupts off"));
  }
  if (shape.bars.some(bar => bar.kind === "sleep")) {
    parts.push(part("sleep", "z", "asleep"));
  }
  if (shape.bars.some(bar => bar.kind === "wait")) {
    parts.push(part("wait", "w", "waits, and can never go on"));
  }
  return make("p", {class: "key"}, parts, make("span", {}, "\u26a0 an old value was read; the arrow leads to the write that it missed"));
}

function part(kind, sign, text) {
  return make("span", {class: "key-part"}, make("span", {class: "bar-key " + kind}, sign), " ", text);
}

function row(story, bars, index, evidence) {
  const step = story.steps[index];
  const before = index > 0 ? story.steps[index - 1] : null;
  const goesOn = before && before.decision === step.decision && before.operation === step.operation;
  const isLast = index === story.steps.length - 1;
  const lasting = lastingAt(bars, index);
  const what = make("div", {class: "what"},
    unseen("step " + (index + 1) + ", " + story.programs[step.decision] + ": "),
    goesOn ? unseen(step.operation + ": ") : make("div", {class: "operation"},
      make("span", {class: "narrow-only"}, story.programs[step.decision] + ": "), step.operation || "begins"),
    make("div", {class: "action"}, actionOf(step)),
    decisionsOf(step).map(note => make("div", {class: "decision"}, "\u25b8 " + note)),
    oldValueAt(story, index),
    missedBy(story, index),
    step.sleeps ? make("div", {class: "note"}, "sleeps, waiting for " + step.sleeps) : null,
    resultsOf(step).map(note => make("div", {class: "result"}, note)),
    isLast ? make("div", {class: "wrong"}, "\u2717 here it goes wrong: " + evidence.rule.id) : null,
    lasting.length === 0 ? null : unseen("; meanwhile: " + lasting.map(bar => story.programs[bar.lane] + ": "
      + (bar.kind === "lock" ? "holds " : "") + bar.says).join(", ")));
  what.style.setProperty("--lane", step.decision);
  return make("div", {class: "step" + (goesOn ? " goes-on" : "") + (isLast ? " last" : ""), role: "option",
    "aria-selected": "false", id: "step-" + nextNumber()},
    make("span", {class: "num", "aria-hidden": "true"}, index + 1),
    story.programs.map((title, lane) => laneAt(story, lasting, lane, index)), what);
}

let numbers = 0;

/** Ids that are met once in a page, however many stories it has. */
function nextNumber() {
  return ++numbers;
}

function laneAt(story, lasting, lane, index) {
  const element = make("div", {class: "lane" + (story.steps[index].decision === lane ? " mine" : ""), "aria-hidden": "true"},
    lasting.filter(bar => bar.lane === lane).map(bar => {
      const classes = ["bar", bar.kind, bar.from === index ? "begins" : "", bar.to === index ? "ends" : ""];
      const piece = make("span", {class: classes.join(" "), title: bar.says}, bar.from === index ? bar.sign : "");
      piece.style.setProperty("--slot", bar.slot);
      return piece;
    }));
  element.style.setProperty("--lane", lane);
  return element;
}

function actionOf(step) {
  return step.action + (step.value ? ": " + step.value : "");
}

/** What the program found out in the step and goes by: tests, and what it looked for. */
function decisionsOf(step) {
  return step.notes.filter(note => /: (passes|fails)$| has (no )?(page|buffer|frame) /.test(note));
}

/** What operations ended in the step, and with what. */
function resultsOf(step) {
  return step.notes.filter(note => / gives |: done$/.test(note));
}

function oldValueAt(story, index) {
  const step = story.steps[index];
  return step.overtaken_at === null ? null
    : make("div", {class: "old"}, "\u26a0 old from step " + step.overtaken_at + " on: " + step.overtaken.replace(/ at step \d+$/, ""));
}

function missedBy(story, index) {
  const readers = story.steps.map((step, i) => step.overtaken_at === index + 1 ? i : -1).filter(i => i >= 0);
  return readers.map(i => make("div", {class: "old"},
    "\u26a0 " + story.programs[story.steps[i].decision] + " goes on with what it read at step " + (i + 1)));
}

/** Draws the arrows anew whenever the rows may have moved. */
function watch(list, arrows, story, rows) {
  new ResizeObserver(() => drawArrows(list, arrows, story, rows)).observe(list);
}

/** Measures all before it draws anything: else the page would be laid out anew for each. */
function drawArrows(list, arrows, story, rows) {
  const frame = list.getBoundingClientRect();
  const ends = [];
  story.steps.forEach((step, index) => {
    if (step.overtaken_at !== null) {
      const from = anchor(rows[index], step.decision, frame, list);
      const to = anchor(rows[step.overtaken_at - 1], story.steps[step.overtaken_at - 1].decision, frame, list);
      ends.push([from, to, step.at === ""]);
    }
  });
  arrows.replaceChildren(...ends.flatMap(([from, to, isOutside], count) => arrow(from, to, isOutside, count)));
}

/** Where a step's arrow begins or ends: in the gutter of its lane, and the upper edge of its row. */
function anchor(row, lane, frame, list) {
  const box = row.querySelectorAll(".lane")[lane].getBoundingClientRect();
  return {x: box.left - frame.left + list.scrollLeft + 5, top: box.top - frame.top + list.scrollTop};
}

/** Along the reader's lane, then between two rows to the lane of the write: so it crosses no text. */
function arrow(from, to, isOutside, count) {
  const x = from.x + (count % 2) * 3;
  const turn = to.top - 2 - (count % 2) * 3;
  const way = Math.sign(to.x - x) || 1;
  const outside = isOutside ? " outside" : "";
  return [
    svg("path", {class: "arrow" + outside, d: "M" + x + " " + (from.top + 12) + " V" + turn + " H" + (to.x + 4 * way) + " V" + (to.top + 5)}),
    svg("circle", {class: "arrow-head" + outside, cx: x, cy: from.top + 12, r: 4}),
    svg("path", {class: "arrow-head" + outside, d: "M" + (to.x + 4 * way) + " " + (to.top + 13) + " l-5 -9 l10 0 z"})
  ];
}

function svg(name, attributes) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
  return element;
}
