// A rejection: the last events in the order in which they take effect, as lines or as bars on lanes, and what they do.

/** Shows the last events of a drawing, the wrong one selected. */
function rejectionOf(drawing, evidence) {
  const steps = drawing.steps;
  const start = drawing.wrong < 0 ? steps.length - 1 : drawing.wrong;
  const panel = make("div", {class: "panel", tabindex: "-1"});
  const rows = steps.map((step, index) => eventRow(drawing, step, index));
  const list = make("div", {class: "events", role: "listbox", tabindex: "0",
    "aria-label": "Events in the order in which they take effect; arrow keys select one"}, rows);
  const place = laidOut(drawing, list, rows);
  const slider = new Slider("Event", steps.length, index => "event " + (index + 1) + " of " + steps.length + ", line " + steps[index].line);
  const selection = new Selection({
    list: list, rows: rows, lane: index => steps[index].cpu, panel: panel,
    shown: index => {
      slider.set(index);
      return eventPanel(drawing, index, evidence);
    }
  });
  slider.onMove(index => selection.select(index, true));
  return {
    element: make("div", {class: "story"},
      make("div", {class: "picture"}, slider.element, place), panel),
    select: index => selection.select(index, true),
    begin: () => {
      selection.select(start, false);
      list.parentElement.scrollTop = rows[start].offsetTop - list.parentElement.clientHeight / 2;
    }
  };
}

/** The lines that the wrong event collides with, above the picture. */
function concernedLines(drawing, picture) {
  return make("div", {class: "read-first"},
    make("h3", {}, "The lines concerned"),
    drawing.concerned.length === 0 ? make("p", {}, "No event of the file stands for what is wrong.")
      : make("ul", {}, drawing.concerned.map(each => {
        const index = drawing.steps.findIndex(step => step.line === each.line);
        const go = index < 0 ? "line " + each.line : make("button", {type: "button", class: "go"}, "line " + each.line);
        if (index >= 0) {
          go.addEventListener("click", () => picture.select(index));
        }
        return make("li", {}, go, ": ", make("code", {}, each.text),
          drawing.wrong >= 0 && each.line === drawing.steps[drawing.wrong].line ? " \u2717 here it goes wrong" : "");
      })));
}

function isConcerned(drawing, step) {
  return drawing.concerned.some(each => each.line === step.line);
}

/** What an event asks and gets, in a few words. */
function briefly(step) {
  const given = (/"r":(null|"\w*")/.exec(step.text) || [])[1];
  const size = /"(?:order|count)":\d+/.exec(step.text);
  const of = step.about ? framesText(step.about[0], step.about[1]) : "";
  const words = [step.operation];
  if (step.operation === "alloc") {
    words.push(size ? size[0].replace(/"/g, "").replace(":", " ") : "", of !== "" ? "\u2192 " + of : given === "null" ? "\u2192 nothing" : given ? "\u2192 " + given : "");
  } else {
    words.push(of);
  }
  return words.filter(word => word !== "").join(" ");
}

function framesText(first, frames) {
  return frames === 1 ? "frame " + first : "frames " + first + "\u2013" + (first + frames - 1);
}

function eventRow(drawing, step, index) {
  const wrong = index === drawing.wrong;
  const sign = wrong ? "\u2717 " : isConcerned(drawing, step) ? "\u25c6 " : "";
  const row = make("div", {class: "event" + (wrong ? " bad" : isConcerned(drawing, step) ? " concerned" : ""), role: "option",
    "aria-selected": "false", id: "step-" + nextNumber()},
    make("span", {class: "event-line"}, make("span", {"aria-hidden": "true"}, sign),
      wrong ? unseen("here it goes wrong, ") : sign ? unseen("concerned, ") : null, unseen("line "), step.line),
    " ", make("span", {class: "event-what"}, briefly(step)),
    step.cpu === null ? null : unseen(", CPU " + step.cpu),
    step.times === null ? null : unseen(", from " + step.times[0] + " to " + step.times[1]));
  row.title = shown(step.text);
  return row;
}

/** Bars on lanes where some events have times; else one below the other. */
function laidOut(drawing, list, rows) {
  if (!drawing.steps.some(step => step.times)) {
    return make("div", {class: "event-box"}, list);
  }
  const cpus = [...new Set(drawing.steps.filter(step => step.times).map(step => step.cpu))].sort((a, b) => a - b);
  const places = eventPlaces(drawing.steps, cpus);
  const columns = cpus.map(cpu => 1 + Math.max(0, ...places.filter(place => place.cpu === cpu).map(place => place.slot)));
  const before = cpus.map((cpu, lane) => columns.slice(0, lane).reduce((sum, each) => sum + each, 0));
  const all = columns.reduce((sum, each) => sum + each, 0);
  rows.forEach((row, index) => {
    const place = places[index];
    row.style.setProperty("grid-row", (place.from + 2) + " / " + (place.to + 3));
    row.style.setProperty("grid-column", place.lane < 0 ? "1 / -1" : String(before[place.lane] + place.slot + 1));
    row.classList.add(place.lane < 0 ? "across" : "lasting");
  });
  cpus.forEach((cpu, lane) => {
    const head = make("div", {class: "event-head", "aria-hidden": "true"}, cpu === null ? "no CPU said" : "CPU " + cpu);
    head.style.setProperty("grid-column", (before[lane] + 1) + " / span " + columns[lane]);
    list.append(head);
    const line = make("div", {class: "event-lane", "aria-hidden": "true"});
    line.style.setProperty("grid-column", (before[lane] + 1) + " / span " + columns[lane]);
    line.style.setProperty("grid-row", "2 / " + (3 + Math.max(0, ...places.map(place => place.to))));
    list.append(line);
  });
  list.classList.add("timed");
  list.style.setProperty("--columns", all);
  return [
    make("p", {class: "key"}, "Time runs downwards, not to scale: a bar reaches from the call of an event to its return; bars side by side overlap."),
    make("div", {class: "event-box scroll"}, list)
  ];
}

/** For each event its lane, the rows from its call to its return, and beside which others it stands. */
function eventPlaces(steps, cpus) {
  const places = [];
  let next = 0;
  for (let i = 0; i < steps.length;) {
    if (!steps[i].times) {
      places.push({lane: -1, cpu: undefined, from: next, to: next, slot: 0});
      next++;
      i++;
      continue;
    }
    let end = i;
    while (end < steps.length && steps[end].times) {
      end++;
    }
    const run = steps.slice(i, end);
    const points = [...new Set(run.flatMap(step => step.times))].sort((a, b) => a - b);
    const rank = new Map(points.map((point, index) => [point, next + index]));
    const placed = run.map(step => ({
      lane: cpus.indexOf(step.cpu), cpu: step.cpu, from: rank.get(step.times[0]), to: rank.get(step.times[1]), slot: null
    }));
    [...placed].sort((a, b) => a.from - b.from || a.to - b.to).forEach(bar => bar.slot = slotOf(bar, placed));
    places.push(...placed);
    next += points.length;
    i = end;
  }
  return places;
}

function eventPanel(drawing, index, evidence) {
  const step = drawing.steps[index];
  const others = step.times === null ? [] : drawing.steps.filter(other => other !== step && other.times
    && other.times[0] <= step.times[1] && step.times[0] <= other.times[1]);
  return [
    make("h3", {}, "Event " + (index + 1) + " of " + drawing.steps.length + ": line " + step.line),
    make("div", {"aria-live": "polite", class: "told"}, facts([
      ["event", make("code", {}, step.text)],
      ["CPU", step.cpu === null ? "" : step.cpu],
      ["time", step.times === null ? "" : "called at " + step.times[0] + ", returned at " + step.times[1]],
      ["overlaps", others.length === 0 ? "" : lines(others.map(other => "line " + other.line + ": " + briefly(other)
        + ", from " + other.times[0] + " to " + other.times[1]))],
      ["hands out", lines(step.begins.map(block => framesText(block.first, block.frames)))],
      ["gives back", lines(step.ends.map(block => framesText(block.first, block.frames) + ", owned since line " + block.line))]
    ])),
    index === drawing.wrong ? make("p", {class: "wrong"}, "\u2717 Here it goes wrong: " + evidence.message) : null,
    make("h3", {}, "Memory before and after it, as the file tells it"),
    eventMap(drawing, index)
  ];
}
