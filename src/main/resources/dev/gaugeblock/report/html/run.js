// The page of a run: a row for each thing that was judged; then the beginning of every page.

const COUNTS = ["schedules", "states", "steps", "checks", "outcomes", "repetitions", "events", "operations", "judged", "finds"];

function showRun(main, page) {
  document.title = shown(page.command + ": " + page.verdict + " \u2013 gaugeblock");
  const names = COUNTS.filter(name => page.cases.some(each => each.data[name] !== undefined));
  const rows = page.cases.map(each => rowOf(each, names));
  const count = make("p", {role: "status"});
  add(main, [
    make("h1", {}, "gaugeblock " + page.command),
    make("p", {class: "lead"}, verdictOf(page.verdict), " " + Object.entries(page.totals).filter(([, number]) => number > 0)
      .map(([verdict, number]) => number + " " + verdict).join(", ")),
    page.unfinished === "" ? null : make("p", {class: "message"}, "\u2026 " + page.unfinished),
    filters(page, rows, count), count,
    make("div", {class: "scroll"}, make("table", {class: "cases"},
      make("thead", {}, make("tr", {}, ["name", "verdict"].concat(names, ["time", "why"]).map(name =>
        make("th", {scope: "col"}, name)))),
      make("tbody", {}, rows))),
    page.notes.length === 0 ? null : section("Remarks", make("ul", {}, page.notes.map(note =>
      make("li", {}, (note.file || "") + (note.line === null ? "" : ":" + note.line) + " " + note.text)))),
    section("Settings", facts([["program", page.tool]].concat(Object.entries(page.settings))))
  ]);
}

function rowOf(each, names) {
  return make("tr", {"data-verdict": each.verdict, "data-text": (each.name + " " + (each.file || "")).toLowerCase()},
    make("th", {scope: "row"}, make("a", {href: each.page}, each.name)),
    make("td", {}, verdictOf(each.verdict)),
    names.map(name => make("td", {class: "number"}, each.data[name] === undefined ? "" : each.data[name].toLocaleString("en"))),
    make("td", {class: "number"}, each.time_ms.toLocaleString("en") + " ms"),
    make("td", {class: "why"}, each.reason));
}

/** A box for each verdict there is, and one for a part of the name. */
function filters(page, rows, count) {
  const there = Object.entries(page.totals).filter(([, number]) => number > 0);
  const boxes = there.map(([verdict, number]) => make("label", {},
    make("input", {type: "checkbox", checked: "", value: verdict}), " ", verdictOf(verdict), " (" + number + ")"));
  const name = make("input", {type: "search", id: "name-filter"});
  const form = make("form", {class: "filters"}, make("fieldset", {}, make("legend", {}, "Show"), boxes,
    make("label", {}, "name has ", name)));
  const apply = () => {
    const wanted = new Set([...form.querySelectorAll("[type=checkbox]")].filter(box => box.checked).map(box => box.value));
    const part = name.value.toLowerCase();
    let left = 0;
    for (const row of rows) {
      row.hidden = !wanted.has(row.dataset.verdict) || !row.dataset.text.includes(part);
      left += row.hidden ? 0 : 1;
    }
    fill(count, left + " of " + rows.length + " shown");
  };
  form.addEventListener("input", apply);
  form.addEventListener("submit", event => event.preventDefault());
  apply();
  return form;
}

const page = JSON.parse(document.getElementById("data").textContent);
({run: showRun, case: showCase})[document.body.dataset.kind](document.getElementById("main"), page);
