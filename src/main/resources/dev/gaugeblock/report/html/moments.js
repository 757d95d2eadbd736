// A kernel's trace: what was in each cell of memory at some moments. Whatever is about a moment can be asked by its index.

class Moments {
  constructor(trace) {
    this.trace = trace;
    this.cells = trace.spans.flatMap(span => {
      const cells = [];
      for (let from = span.first; from < span.first + span.frames;) {
        const next = Math.min(span.first + span.frames, (Math.floor(from / trace.cell_frames) + 1) * trace.cell_frames);
        cells.push({zone: span.zone, first: from, frames: next - from});
        from = next;
      }
      return cells;
    });
    this.contents = trace.contents.map(text => this.parse(text));
    this.at = -1;
    this.now = new Array(this.cells.length).fill(0);
    this.findings = trace.findings.map(finding => ({
      rule: finding.rule, line: finding.line, moment: this.momentOf(finding.line), cells: this.cellsOf(finding.frames)
    }));
    this.changes = trace.moments.map(moment => moment.changes === "" ? [] : moment.changes.split(" ").map(Number));
  }

  /** The first moment in which a line has had its say; the last one for lines behind all events. */
  momentOf(line) {
    const index = this.trace.moments.findIndex(moment => moment.line >= line);
    return index < 0 ? this.trace.moments.length - 1 : index;
  }

  /** The indices of the cells in which ranges of frames, each with its first and how many, have a part. */
  cellsOf(ranges) {
    const found = [];
    this.cells.forEach((cell, index) => {
      if (ranges.some(([first, frames]) => first < cell.first + cell.frames && cell.first < first + frames)) {
        found.push(index);
      }
    });
    return found;
  }

  /** What a cell holds: frames that are free by order, free on no list, live by task. */
  parse(text) {
    const content = {free: new Array(11).fill(0), onNoList: 0, live: [], others: 0, freeFrames: 0, liveFrames: 0};
    for (const word of text === "" ? [] : text.split(" ")) {
      const [sign, number] = word.split(":");
      const frames = Number(number);
      if (sign === "c") {
        content.onNoList += frames;
        content.freeFrames += frames;
      } else if (sign === "o") {
        content.others += frames;
        content.liveFrames += frames;
      } else if (sign.startsWith("t")) {
        content.live.push([this.trace.tasks[Number(sign.substring(1))] || "a task that is not known", frames]);
        content.liveFrames += frames;
      } else {
        content.free[Number(sign)] += frames;
        content.freeFrames += frames;
      }
    }
    return content;
  }

  /** Goes to a moment; the indices of the cells that are others than before. */
  goTo(index) {
    const changed = new Set();
    if (index < this.at) {
      this.now.fill(0);
      this.at = -1;
      this.cells.forEach((cell, i) => changed.add(i));
    }
    for (; this.at < index; this.at++) {
      const changes = this.changes[this.at + 1];
      for (let i = 0; i < changes.length; i += 2) {
        this.now[changes[i]] = changes[i + 1];
        changed.add(changes[i]);
      }
    }
    return changed;
  }

  contentOf(cell) {
    return this.contents[this.now[cell]];
  }

  unknownOf(cell) {
    const content = this.contentOf(cell);
    return Math.max(0, this.cells[cell].frames - content.freeFrames - content.liveFrames);
  }

  /** The sum of what is in the cells of a zone: the same form as that of one cell. */
  sumOf(zone) {
    const sum = {free: new Array(11).fill(0), onNoList: 0, liveFrames: 0, freeFrames: 0, unknown: 0, frames: 0};
    this.cells.forEach((cell, index) => {
      if (cell.zone === zone) {
        const content = this.contentOf(index);
        content.free.forEach((frames, order) => sum.free[order] += frames);
        sum.onNoList += content.onNoList;
        sum.liveFrames += content.liveFrames;
        sum.freeFrames += content.freeFrames;
        sum.unknown += this.unknownOf(index);
        sum.frames += cell.frames;
      }
    });
    return sum;
  }

  /** What is in a cell, in words. */
  wordsOf(index) {
    const content = this.contentOf(index);
    const parts = freeWords(content);
    content.live.forEach(([task, frames]) => parts.push(frames + " live, of " + task));
    if (content.others > 0) {
      parts.push(content.others + " live, of others");
    }
    const unknown = this.unknownOf(index);
    if (unknown > 0) {
      parts.push(unknown + " unknown");
    }
    this.findings.filter(finding => finding.cells.includes(index)).forEach(finding =>
      parts.push("\u2717 line " + finding.line.toLocaleString("en") + " breaks " + finding.rule + " here"));
    return placeOf(this.cells[index]) + ": " + parts.join("; ");
  }
}

function freeWords(content) {
  const parts = content.free.map((frames, order) => frames > 0 ? frames + " free in order " + order : "").filter(part => part !== "");
  return content.onNoList > 0 ? parts.concat(content.onNoList + " free on no free list") : parts;
}

function placeOf(cell) {
  const hex = pfn => "0x" + pfn.toString(16);
  return (cell.zone === "" ? "" : cell.zone + ", ") + (cell.frames === 1 ? "frame " + hex(cell.first)
    : "frames " + hex(cell.first) + "\u2013" + hex(cell.first + cell.frames - 1) + " (" + cell.frames + ")");
}
