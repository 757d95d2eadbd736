// What lasts for longer than a step, as bars beside the lanes: locks held, interrupts off, sleep, waits without end.

/**
 * Bars of all lanes: {lane, sign, says, kind, from, to, slot}, from and to as indices of steps, the last one included.
 * Bars of a lane that overlap have different slots, from 0. The message tells who waits in the end and never goes on.
 */
function barsOf(story, message) {
  const bars = [];
  const letters = new Map();
  const held = new Map();
  story.steps.forEach((step, index) => {
    endSleep(bars, step.decision, index);
    if (step.acquires) {
      if (!letters.has(step.acquires)) {
        letters.set(step.acquires, letter(letters.size));
      }
      held.set(step.acquires, begin(bars, step.decision, letters.get(step.acquires), "lock", step.acquires, index));
    }
    for (const lock of step.releases) {
      end(held.get(lock), index);
      held.delete(lock);
    }
    if (step.sleeps) {
      begin(bars, step.decision, "z", "sleep", "asleep, waiting for " + step.sleeps, index);
    }
  });
  addInterrupts(story, bars);
  addWaits(story, bars, held, message);
  bars.forEach(bar => bar.to = bar.to === null ? story.steps.length - 1 : bar.to);
  bars.forEach(bar => bar.slot = slotOf(bar, bars));
  return {bars: bars, letters: letters};
}

function begin(bars, lane, sign, kind, says, from) {
  const bar = {lane: lane, sign: sign, kind: kind, says: says, from: from, to: null, slot: null};
  bars.push(bar);
  return bar;
}

function end(bar, index) {
  if (bar) {
    bar.to = index;
  }
}

/** A program that takes a step sleeps no more. */
function endSleep(bars, lane, index) {
  bars.filter(bar => bar.kind === "sleep" && bar.lane === lane && bar.to === null).forEach(bar => end(bar, index - 1));
}

function letter(number) {
  return number < 26 ? String.fromCharCode(65 + number) : "L" + number;
}

/** The number of the CPU that a program runs on: that at the end of its title. */
function cpuOf(title) {
  const found = / (\d+)$/.exec(title);
  return found ? Number(found[1]) : -1;
}

function addInterrupts(story, bars) {
  story.programs.forEach((title, lane) => {
    let bar = null;
    story.steps.forEach((step, index) => {
      const isOff = step.interrupts_off.includes(cpuOf(title));
      if (isOff && !bar) {
        bar = begin(bars, lane, "i", "irq", "interrupts of CPU " + cpuOf(title) + " off", index);
      } else if (!isOff && bar) {
        end(bar, index);
        bar = null;
      }
    });
  });
}

const WAITS = /^(?:the )?(.+?) ((?:waits for|spins on) (.*?)(?:, which .*)?)$/;

/** Those that can never go on, where they do not sleep: from their last step on, or since somebody has had the lock. */
function addWaits(story, bars, held, message) {
  for (const clause of message.split("; ")) {
    const found = WAITS.exec(clause);
    const lane = found ? laneOf(story, bars, found[1]) : -1;
    if (lane >= 0 && !bars.some(bar => bar.kind === "sleep" && bar.lane === lane && bar.to === null)) {
      const last = story.steps.map(step => step.decision).lastIndexOf(lane);
      const lock = held.get(found[3]);
      begin(bars, lane, "w", "wait", found[2], Math.max(0, last, lock ? lock.from : 0));
    }
  }
}

/** The lane of a task that is not known to wait yet: "CPU 1", "interrupt on CPU 0", "kswapd". */
function laneOf(story, bars, task) {
  const title = task.replace(/^CPU /, "cpu ").replace(/^interrupt on CPU /, "irq ");
  return story.programs.findIndex((each, lane) => (each === title || task === "kswapd" && each.startsWith("kswapd "))
    && !bars.some(bar => bar.kind === "wait" && bar.lane === lane));
}

/** The first slot that is free from its beginning to its end; those that begin earlier choose first. */
function slotOf(bar, bars) {
  const taken = bars.filter(other => other !== bar && other.slot !== null && other.lane === bar.lane
    && other.from <= bar.to && bar.from <= other.to).map(other => other.slot);
  let slot = 0;
  while (taken.includes(slot)) {
    slot++;
  }
  return slot;
}

/** What lasts in a lane at a step, in words. */
function lastingAt(bars, index) {
  return bars.filter(bar => bar.from <= index && index <= bar.to);
}
