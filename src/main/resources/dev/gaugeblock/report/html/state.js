// The machine between two steps: what is on which list, who owns what, and the values of words.

/** The machine before the first step, as the document has it. */
function stateAtStart(story) {
  const state = {
    places: new Map(), owners: new Map(), words: new Map(), locks: new Map(), asleep: new Map(),
    interruptsOff: story.start.interrupts_off
  };
  story.start.lists.forEach(place => putOn(state, place));
  story.start.owned.forEach(block => state.owners.set(block, {who: "since before the programs", name: ""}));
  story.start.words.forEach(word => state.words.set(word.name, word.value));
  return state;
}

function key(place) {
  return place.thing + "\n" + place.list;
}

function putOn(state, place) {
  state.places.set(key(place), place);
}

/** Makes of a state the one after a step. */
function takeStep(state, story, index) {
  const step = story.steps[index];
  const who = story.programs[step.decision];
  step.takes.forEach(place => state.places.delete(key(place)));
  step.puts.forEach(place => putOn(state, place));
  step.ends.forEach(block => state.owners.delete(block));
  step.begins.forEach(block => state.owners.set(block, {who: who, name: nameOf(step.operation)}));
  step.values.forEach(change => state.words.set(change.name, change.to));
  if (step.acquires) {
    state.locks.set(step.acquires, {who: who, since: index + 1});
  }
  step.releases.forEach(lock => state.locks.delete(lock));
  state.asleep.delete(who);
  if (step.sleeps) {
    state.asleep.set(who, step.sleeps);
  }
  state.interruptsOff = step.interrupts_off;
}

/** The variable that an operation gives its block to: "p" of "p = alloc ATOMIC 0". */
function nameOf(operation) {
  const found = /^(\S+) = /.exec(operation);
  return found ? found[1] : "";
}

/** The machine after so many steps; 0 for that before the first. */
function stateAfter(story, steps) {
  const state = stateAtStart(story);
  for (let i = 0; i < steps; i++) {
    takeStep(state, story, i);
  }
  return state;
}

/** Whether the engine told what the machine looked like. */
function hasMap(story) {
  return story.start.spans.length > 0;
}

/** What is on each list, in order: a map from list to things. */
function listsOf(state) {
  const lists = new Map();
  for (const place of state.places.values()) {
    if (!lists.has(place.list)) {
      lists.set(place.list, []);
    }
    lists.get(place.list).push(place.thing);
  }
  return lists;
}
