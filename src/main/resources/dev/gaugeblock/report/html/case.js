// The page of one thing that was judged.

function showCase(main, page) {
  const judged = page.case;
  document.title = shown(judged.name + ": " + judged.verdict + " \u2013 gaugeblock " + page.command);
  add(main, [
    make("nav", {}, make("a", {href: "index.html"}, "\u2190 all of this run")),
    make("h1", {}, judged.name),
    make("p", {class: "lead"}, verdictOf(judged.verdict), " " + (judged.reason || knownBad(judged))),
    judged.data.story ? make("p", {class: "told-story"}, judged.data.story) : null
  ]);
  const stories = [];
  const isExplained = page.command === "explain" && Array.isArray(judged.data.zones);
  if (isExplained) {
    add(main, explained(judged.data));
  }
  judged.evidence.forEach((evidence, index) => add(main, [evidenceOf(evidence, index, page, stories)]));
  const trace = (page.drawing || {}).trace || null;
  if (trace && trace.moments && trace.moments.length > 0) {
    const picture = traceOf(trace, judged.data.findings);
    add(main, [picture.element]);
    stories.push(picture);
  } else if (trace) {
    add(main, [make("p", {}, "Memory is not drawn: " + (trace.missing || "the trace could not be read a second time"))]);
  }
  add(main, [patchOf(judged), programOf(judged), outcomesOf(judged), isExplained ? null : countsOf(judged)]);
  stories.forEach(story => story.begin());
}

/** Why something holds in which something goes wrong. */
function knownBad(judged) {
  return judged.verdict === "holds" && judged.data.known_bad ? "for its text says what has to go wrong, and it does: " + judged.data.known_bad : "";
}

function evidenceOf(evidence, index, page, stories) {
  const title = page.case.evidence.length === 1 ? "What goes wrong" : "What goes wrong, " + (index + 1);
  const story = evidence.interleaving;
  const picture = story !== null && story.steps.length > 0 ? lanesOf(story, evidence) : null;
  const drawing = ((page.drawing || {}).rejections || [])[index] || null;
  const last = drawing && drawing.steps && drawing.steps.length > 0 ? rejectionOf(drawing, evidence) : null;
  stories.push(...[picture, last].filter(each => each !== null));
  return section(title,
    make("p", {class: "message"}, "\u2717 " + evidence.message),
    facts([
      ["rule", evidence.rule.id + (evidence.rule.says === "" ? "" : ": " + evidence.rule.says)],
      ["where", evidence.file === null ? "" : evidence.file + (evidence.line === null ? "" : ":" + evidence.line)],
      ["to see it again", evidence.again === "" ? "" : make("code", {}, evidence.again)],
      ["how long", story === null ? "" : story.size]
    ]),
    picture ? [readFirst(story, picture, evidence), picture.element] : null,
    last ? [concernedLines(drawing, last), last.element] : null,
    drawing && drawing.missing ? make("p", {}, "Not drawn: " + drawing.missing) : null);
}

/** What a reader wants to know before the steps: where an old value was read, and what the last operation went by. */
function readFirst(story, picture, evidence) {
  const old = story.steps.map((step, index) => [step, index]).filter(([step]) => step.overtaken_at !== null);
  const ours = old.filter(([step]) => step.at !== "");
  const last = story.steps[story.steps.length - 1];
  const decided = story.steps.map((step, index) => [step, index])
    .filter(([step]) => step.decision === last.decision && step.operation === last.operation && decisionsOf(step).length > 0);
  return make("div", {class: "read-first"},
    make("h3", {}, "Where an old value was read"),
    ours.length === 0 ? make("p", {}, "Nowhere by the allocator: no value that it read was made untrue before it had done with it.")
      : make("ul", {}, ours.map(([step, index]) => make("li", {},
        goTo(picture, index), ": " + story.programs[step.decision] + " finds " + whatIsRead(step) + " and goes on with it, though ",
        goTo(picture, step.overtaken_at - 1), " makes it untrue (" + step.overtaken.replace(/ at step \d+$/, "") + ")."))),
    decided.length === 0 ? null : [
      make("h3", {}, "What the operation went by that goes wrong"),
      make("p", {}, story.programs[last.decision] + ": " + (last.operation || "before its first operation")),
      make("ul", {}, decided.map(([step, index]) => make("li", {}, goTo(picture, index), ": " + decisionsOf(step).join("; ")))),
      make("p", {}, "By the rule: " + evidence.message)
    ]);
}

function whatIsRead(step) {
  const read = readBy(step);
  return read !== "" ? read : decisionsOf(step).join("; ") || step.action;
}

function goTo(picture, index) {
  const button = make("button", {type: "button", class: "go"}, "step " + (index + 1));
  button.addEventListener("click", () => picture.select(index));
  return button;
}

function programOf(judged) {
  return judged.data.litmus ? section("The test", make("p", {}, judged.file || ""), listing(judged.data.litmus, null)) : null;
}

function patchOf(judged) {
  return judged.data.diff ? section("The patch", make("p", {}, judged.file || ""), listing(judged.data.diff, null)) : null;
}

function outcomesOf(judged) {
  const outcomes = judged.data.outcomes;
  if (!Array.isArray(outcomes)) {
    return null;
  }
  const rows = outcomes.map(each => typeof each === "string" ? {outcome: each} : each);
  const more = rows.length > 0 && rows[0].times !== undefined ? "times" : "schedule";
  return section(counted(rows.length, "outcome"),
    judged.data.exhausted === false ? make("p", {}, "There may be more: not everything was seen.") : null,
    make("div", {class: "scroll"}, make("table", {},
      make("thead", {}, make("tr", {}, make("th", {scope: "col"}, "outcome"), make("th", {scope: "col"}, more))),
      make("tbody", {}, rows.map(each => make("tr", {}, make("td", {}, make("code", {}, each.outcome)),
        make("td", {}, make("code", {}, each[more] === undefined ? "" : each[more]))))))));
}

/** Everything else that the command knows: numbers first. */
function countsOf(judged) {
  const rest = Object.entries(judged.data).filter(([name]) => !["litmus", "outcomes", "story", "diff"].includes(name));
  const rows = rest.filter(([, value]) => typeof value !== "object").concat(rest.filter(([, value]) => typeof value === "object"));
  return section("Counts and settings", facts([["time", judged.time_ms + " ms"]].concat(rows.map(([name, value]) =>
    [name.replaceAll("_", " "), plain(value)]))));
}

/** A value in words: what is a list stands below each other, what has names with its names. */
function plain(value) {
  if (value === null || typeof value !== "object") {
    return value === null ? "" : typeof value === "number" ? value.toLocaleString("en") : String(value);
  }
  if (Array.isArray(value) && (value.length === 1 || value.every(each => typeof each === "number"))) {
    return value.length === 0 ? "none" : value.flatMap((each, i) => [i === 0 ? "" : ", ", plain(each)]);
  }
  const parts = Array.isArray(value) ? value.map(plain)
    : Object.entries(value).filter(([, each]) => !isNothing(each)).map(([name, each]) => [name.replaceAll("_", " ") + ": ", plain(each)]);
  const isFlat = Object.values(value).every(each => each === null || typeof each !== "object");
  return parts.length === 0 ? "none" : isFlat && !Array.isArray(value) ? parts.map((part, i) => [i === 0 ? "" : ", ", part])
    : make("ul", {class: "values"}, parts.map(part => make("li", {}, part)));
}

function isNothing(value) {
  return value === null || value === "" || typeof value === "object" && Object.keys(value).length === 0;
}
