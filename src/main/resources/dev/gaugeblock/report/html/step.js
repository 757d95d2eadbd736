// The panel of the selected step: what it read, decided and wrote, its line of code, and the map of memory.

function stepPanel(story, index, evidence) {
  const step = story.steps[index];
  const after = stateAfter(story, index + 1);
  return [
    make("h3", {}, "Step " + (index + 1) + " of " + story.steps.length + ": " + story.programs[step.decision]),
    make("div", {"aria-live": "polite", class: "told"}, facts([
      ["operation", step.operation + (step.line === null ? "" : " (line " + step.line + ")")],
      ["access", step.action],
      ["reads", readBy(step)],
      ["also reads", behind(step, "also reads ")],
      ["old value", step.overtaken === "" ? "" : "\u26a0 " + step.overtaken + "; " + story.programs[step.decision]
        + " goes on with what it read here"],
      ["decides", lines(decisionsOf(step))],
      ["writes", writtenBy(step)],
      ["takes", lines(step.takes.map(place => place.thing + " from " + place.list))],
      ["puts", lines(step.puts.map(place => place.thing + " on " + place.list))],
      ["acquires", step.acquires],
      ["releases", step.releases.join(", ")],
      ["sleeps", step.sleeps === "" ? "" : "waiting for " + step.sleeps],
      ["result", lines(resultsOf(step))],
      ["code", step.at === "" ? "" : codeOf(step)],
      ["also", lines(otherNotes(step))]
    ])),
    index === story.steps.length - 1
      ? make("p", {class: "wrong"}, "\u2717 Here it goes wrong: " + evidence.message) : null,
    make("h3", {}, "After it"),
    facts([
      ["locks held", lines([...after.locks].map(([lock, held]) => lock + ": " + held.who + ", since step " + held.since))],
      ["asleep", lines([...after.asleep].map(([who, what]) => who + ", waiting for " + what))],
      ["interrupts off", after.interruptsOff.map(cpu => "CPU " + cpu).join(", ")]
    ]) || make("p", {}, "No lock is held, nobody sleeps, interrupts are on."),
    hasMap(story) ? [make("h3", {}, "Memory before and after it"), mapOf(story, index)]
      : make("p", {}, "This engine does not tell what memory looked like.")
  ];
}

function lines(texts) {
  return texts.length === 0 ? "" : texts.map(text => make("div", {}, text));
}

function readBy(step) {
  const word = /^(?:read|wake by) (.*)$/.exec(step.action);
  return word && step.value !== "" ? word[1] + " = " + step.value : "";
}

function writtenBy(step) {
  return lines(step.values.map(change => change.name + ": " + change.from + " \u2192 " + change.to));
}

function behind(step, beginning) {
  return lines(step.notes.filter(note => note.startsWith(beginning)).map(note => note.substring(beginning.length)));
}

function codeOf(step) {
  return [make("div", {class: "at"}, step.at), step.code === "" ? null : make("pre", {}, make("code", {}, step.code))];
}

/** Notes that nothing else in the panel says. */
function otherNotes(step) {
  const told = new Set(decisionsOf(step).concat(resultsOf(step)));
  step.values.forEach(change => told.add(change.name + ": " + change.from + " -> " + change.to));
  return step.notes.filter(note => !told.has(note) && !/^(also reads|takes|puts|releases|sleeps,) /.test(note));
}
