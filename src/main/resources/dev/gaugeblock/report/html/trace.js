// The page of a kernel's trace: a slider of moments, memory in cells, free blocks by order as a chart, what is live at the end.

/** told: who is concerned in each finding, in words. */
function traceOf(trace, told) {
  const moments = new Moments(trace);
  const grid = new CellGrid(moments);
  const chart = chartOf(trace);
  const sums = make("div", {});
  const slider = new Slider("Moment", trace.moments.length, index => momentWords(trace, index));
  const show = index => {
    slider.set(index);
    grid.show(index);
    chart.show(index);
    fill(sums, zoneSums(moments));
  };
  slider.onMove(show);
  return {
    element: make("div", {},
      section("Memory over time",
        make("p", {}, counted(trace.moments.length, "moment") + " of " + counted(trace.events, "event") + " of the allocator; a cell stands for "
          + counted(trace.cell_frames, "frame") + "."),
        foundOf(moments, told, (moment, cell) => {
          show(moment);
          grid.reveal(cell);
        }),
        slider.element,
        grid.element,
        make("h3", {}, "Zone by zone, in frames, at this moment"), sums),
      section("Free blocks by order", chart.element),
      section("What is live at the end", trace.tables.map(liveTable))),
    begin: () => {
      show(trace.moments.length - 1);
      grid.begin();
    }
  };
}

/** In which cells rules are broken, with the way there; nothing if none is. */
function foundOf(moments, told, go) {
  if (moments.findings.length === 0) {
    return null;
  }
  return make("div", {class: "read-first"},
    make("h3", {}, "Where in memory it goes wrong"),
    make("ul", {}, moments.findings.map((finding, index) => {
      const where = "line " + finding.line.toLocaleString("en") + " breaks " + finding.rule;
      if (finding.cells.length === 0) {
        return make("li", {}, where + ": in no cell, it is not about single frames.");
      }
      const button = make("button", {type: "button", class: "go"}, placeOf(moments.cells[finding.cells[0]]));
      button.addEventListener("click", () => go(finding.moment, finding.cells[0]));
      return make("li", {}, where + ": ", button, finding.cells.length === 1 ? ""
        : " and " + counted(finding.cells.length - 1, "more cell"), "; in the cells it is marked \u2717.", concernedIn(told[index]));
    })));
}

/** At most so many owners are named. */
const MOST_OWNERS = 5;

/** Whose event it is, and who has the blocks. */
function concernedIn(finding) {
  const party = (what, each) => each.block === "" ? null : make("li", {},
    what + " " + each.block + (each.line > 0 ? ", line " + each.line.toLocaleString("en") : "") + (each.who === "" ? "" : ": " + each.who));
  const more = finding.owners.length - MOST_OWNERS;
  return make("ul", {}, party("this event:", finding.by), finding.owners.slice(0, MOST_OWNERS).map(owner => party("live:", owner)),
    more > 0 ? make("li", {}, "and " + counted(more, "more live block")) : null);
}

function momentWords(trace, index) {
  const moment = trace.moments[index];
  return "moment " + (index + 1) + " of " + trace.moments.length + ", line " + moment.line.toLocaleString("en")
    + (moment.time === "" ? "" : ", time " + moment.time);
}

function zoneSums(moments) {
  const zones = [...new Set(moments.cells.map(cell => cell.zone))];
  return make("div", {class: "scroll"}, make("table", {class: "sums"},
    make("thead", {}, make("tr", {}, ["zone", "all", "live", "free", "unknown", "free by order"].map(name => make("th", {scope: "col"}, name)))),
    make("tbody", {}, zones.map(zone => {
      const sum = moments.sumOf(zone);
      return make("tr", {}, make("th", {scope: "row"}, zone === "" ? "not said" : zone),
        [sum.frames, sum.liveFrames, sum.freeFrames, sum.unknown].map(number => make("td", {class: "number"}, number.toLocaleString("en"))),
        make("td", {}, freeWords(sum).map(words => words.replace(" free in order ", " in ").replace(" free on ", " on ")).join(", ")));
    }))));
}

/** The cells, one of them selected, with what it holds in words. */
class CellGrid {
  constructor(moments) {
    this.moments = moments;
    this.at = 0;
    const wrong = new Set(moments.findings.flatMap(finding => finding.cells));
    this.boxes = moments.cells.map((cell, index) => make("div", {class: "box" + (wrong.has(index) ? " wrong-here" : ""), role: "option", id: "box-" + index, "aria-selected": "false"}));
    this.told = make("p", {class: "cell-words", "aria-live": "polite"});
    this.list = make("div", {class: "boxes", role: "listbox", tabindex: "0", "aria-label": "Cells of memory in the order of their frames; arrow keys select one"},
      this.boxes.map((box, index) => this.beginsAt(index) ? [this.headOf(index), box] : box));
    this.element = make("div", {},
      make("p", {class: "key"},
        [["live", "live"], ["free", "free"], ["unknown", "unknown"]].map(([kind, says]) =>
          make("span", {class: "key-part"}, make("span", {class: "box-key " + kind, "aria-hidden": "true"}), " ", says)),
        make("span", {}, "in each cell from the bottom up, as high as their part of it; select a cell to read what it holds")),
      this.told, this.list);
    this.list.addEventListener("click", event => {
      const index = this.boxes.indexOf(event.target);
      if (index >= 0) {
        this.select(index);
      }
    });
    this.list.addEventListener("keydown", event => this.key(event));
  }

  /** Whether a zone, or a piece of memory, begins with a cell. */
  beginsAt(index) {
    const [before, cell] = [this.moments.cells[index - 1], this.moments.cells[index]];
    return index === 0 || before.zone !== cell.zone || before.first + before.frames !== cell.first;
  }

  headOf(index) {
    const cell = this.moments.cells[index];
    return make("div", {class: "boxes-head", "aria-hidden": "true"},
      (cell.zone === "" ? "From" : "Zone " + cell.zone + ", from") + " frame 0x" + cell.first.toString(16));
  }

  /** Selects the cell where something goes wrong first, or else one with something live in it, if there is one. */
  begin() {
    const wrong = this.moments.findings.flatMap(finding => finding.cells)[0];
    const live = this.boxes.findIndex((box, index) => this.moments.contentOf(index).liveFrames > 0);
    this.select(wrong === undefined ? Math.max(0, live) : wrong);
  }

  reveal(index) {
    this.select(index);
    this.boxes[index].scrollIntoView({block: "nearest"});
    this.list.focus({preventScroll: true});
  }

  show(index) {
    this.moments.goTo(index).forEach(cell => this.draw(cell));
    this.select(this.at);
  }

  draw(index) {
    const cell = this.moments.cells[index];
    const content = this.moments.contentOf(index);
    const live = 100 * content.liveFrames / cell.frames;
    const box = this.boxes[index];
    box.style.setProperty("--live", live + "%");
    box.style.setProperty("--known", live + 100 * content.freeFrames / cell.frames + "%");
    box.title = shown(this.moments.wordsOf(index));
    box.setAttribute("aria-label", box.title);
  }

  key(event) {
    const last = this.boxes.length - 1;
    const way = {ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10}[event.key];
    const to = way !== undefined ? this.rowsOn(way)
      : {ArrowRight: this.at + 1, ArrowLeft: this.at - 1, Home: 0, End: last}[event.key];
    if (to !== undefined && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      this.select(Math.max(0, Math.min(last, to)));
    }
  }

  /** The cell so many rows further down, or up, that stands nearest to below the selected one. */
  rowsOn(rows) {
    const tops = [...new Set(this.boxes.map(box => box.offsetTop))];
    const row = tops.indexOf(this.boxes[this.at].offsetTop) + rows;
    const top = tops[Math.max(0, Math.min(tops.length - 1, row))];
    const away = box => Math.abs(box.offsetLeft - this.boxes[this.at].offsetLeft);
    return this.boxes.reduce((best, box, index) =>
      box.offsetTop === top && (best < 0 || away(box) < away(this.boxes[best])) ? index : best, -1);
  }

  select(index) {
    this.boxes[this.at].setAttribute("aria-selected", "false");
    this.at = index;
    this.boxes[index].setAttribute("aria-selected", "true");
    this.list.setAttribute("aria-activedescendant", this.boxes[index].id);
    fill(this.told, this.moments.wordsOf(index));
  }
}

/** A row for each order: how many free blocks there are over the moments, and at the one that is shown. */
function chartOf(trace) {
  const width = Math.max(1, trace.moments.length - 1);
  const rows = trace.moments.length === 0 ? [] : trace.moments[0].free_blocks.map((number, order) => {
    const numbers = trace.moments.map(moment => moment.free_blocks[order]);
    const most = Math.max(1, ...numbers);
    const line = svg("polyline", {points: numbers.map((each, i) => i + "," + (20 - 18 * each / most)).join(" "), class: "curve"});
    const mark = svg("line", {x1: 0, x2: 0, y1: 0, y2: 20, class: "moment"});
    const picture = svg("svg", {viewBox: "0 0 " + width + " 21", preserveAspectRatio: "none", class: "chart", "aria-hidden": "true"});
    picture.append(line, mark);
    const now = make("span", {class: "chart-now"});
    return {
      numbers: numbers, mark: mark, now: now,
      element: make("div", {class: "chart-row"}, make("span", {}, "order " + order), picture, now,
        make("span", {class: "chart-range"}, Math.min(...numbers).toLocaleString("en") + " to " + Math.max(...numbers).toLocaleString("en")))
    };
  });
  const replayed = trace.moments.filter(moment => moment.is_replayed).length;
  return {
    element: make("div", {class: "chart-rows"},
      make("p", {}, replayed === trace.moments.length ? "The free lists of the kernel, replayed from a snapshot on."
        : (replayed === 0 ? "No snapshot says" : "In " + (trace.moments.length - replayed) + " of these moments no snapshot says")
          + " what is on the free lists: shown are the free blocks that the trace tells of, as they were freed; what merged since is not known."),
      make("div", {class: "chart-row", "aria-hidden": "true"}, make("span", {}, ""), make("span", {class: "chart-range"}, "first moment \u2192 last"),
        make("span", {class: "chart-now"}, "now"), make("span", {class: "chart-range"}, "least to most")),
      rows.map(row => row.element)),
    show: index => rows.forEach(row => {
      row.mark.setAttribute("x1", index);
      row.mark.setAttribute("x2", index);
      fill(row.now, row.numbers[index].toLocaleString("en"));
    })
  };
}

/** A table whose rows are sorted by the column that is asked for. */
function liveTable(table) {
  const names = [table.by === "stack" ? "call chain" : table.by, "blocks", "pages"];
  const body = make("tbody", {});
  const heads = names.map((name, column) => {
    const button = make("button", {type: "button", class: "go"}, name);
    button.addEventListener("click", () => sort(column));
    return make("th", {scope: "col"}, button);
  });
  let order = [...table.rows];
  const draw = () => fill(body, order.map(([what, blocks, pages]) => make("tr", {},
    make("td", {}, table.by === "stack" ? make("pre", {}, what) : what),
    make("td", {class: "number"}, blocks.toLocaleString("en")), make("td", {class: "number"}, pages.toLocaleString("en")))));
  const sort = column => {
    const isDescending = heads[column].getAttribute("aria-sort") !== "descending" && column > 0;
    order = [...table.rows].sort((one, other) => (column === 0 ? one[0].localeCompare(other[0], "en", {numeric: true})
      : isDescending ? other[column] - one[column] : one[column] - other[column]));
    heads.forEach((head, i) => i === column ? head.setAttribute("aria-sort", isDescending ? "descending" : "ascending")
      : head.removeAttribute("aria-sort"));
    draw();
  };
  if (table.by === "age") {
    draw();
  } else {
    sort(table.by === "order" ? 0 : 2);
  }
  return table.rows.length === 0 ? make("p", {}, "By " + names[0] + ": nothing is known.") : make("details", {open: table.by === "age" ? "" : null},
    make("summary", {}, "By " + names[0] + ": " + counted(table.rows.length + table.left_out, "row")),
    make("div", {class: "scroll table-box"}, make("table", {class: "live-" + table.by}, make("thead", {}, make("tr", {}, heads)), body)),
    table.left_out === 0 ? null : make("p", {}, "The " + table.left_out.toLocaleString("en") + " with the fewest pages are left out."));
}
