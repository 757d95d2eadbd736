// A kernel's refusal: the verdict in words, and for each zone what was free beside what had to stay.

const ANSWERS = {
  "had-to": "The kernel had to refuse.", "did-not-have-to": "The kernel did not have to refuse.",
  "cannot-be-said": "Whether the kernel had to refuse cannot be said.", "not-the-allocator": "This is no refusal of the allocator's."
};

/** The parts of what is free and of what has to stay, in the order in which they are drawn. */
const PARTS = {
  plain: "free", cma: "free, of CMA", highatomic: "free, kept for requests that cannot wait (highatomic)",
  mark: "mark", reserve: "reserve for requests that could not be served elsewhere"
};

function explained(data) {
  const request = data.request || {};
  return [
    section(ANSWERS[data.answer] || data.answer,
      facts([
        ["what happened", data.kind.replaceAll("-", " ")],
        ["asked by", request.task],
        ["order", request.order === null ? "not printed" : request.order],
        ["gfp", (request.gfp || "not printed") + (request.names ? " (" + request.names + ")" : "")],
        ["kernel", data.kernel === null ? "not known" : data.kernel.version + " (" + data.kernel.source.replaceAll("-", " ") + ")"]
      ])),
    section("The zones", zoneKey(data.zones), data.zones.map(zonePicture)),
    data.remedies.length === 0 ? null : section("It would have passed with",
      make("p", {}, "The cheapest first; each was put into the rule."),
      make("ul", {}, data.remedies.map(remedy => make("li", {}, remedy.says)))),
    data.remarks.length === 0 ? null : section("Remarks", make("ul", {}, data.remarks.map(remark => make("li", {}, remark))))
  ];
}

/** What is free and what has to stay, in pages; null for a zone of which the log says too little. */
function partsOf(zone) {
  if (zone.free === undefined) {
    return null;
  }
  const cma = Math.min(zone.cma, zone.free);
  const highatomic = Math.min(zone.highatomic, zone.free - cma);
  return {
    free: [["plain", zone.free - cma - highatomic], ["highatomic", highatomic], ["cma", cma]],
    stays: [["mark", zone.reduced], ["reserve", zone.reserve]]
  };
}

function zoneKey(zones) {
  const there = new Set(zones.map(partsOf).filter(parts => parts !== null)
    .flatMap(parts => parts.free.concat(parts.stays)).filter(([, pages]) => pages > 0).map(([name]) => name));
  return there.size === 0 ? null : make("p", {class: "key"}, Object.entries(PARTS).filter(([name]) => there.has(name)).map(([name, says]) =>
    make("span", {class: "key-part"}, make("span", {class: "swatch " + name, "aria-hidden": "true"}), " ", says)),
    make("span", {}, "Both bars of a zone have the same scale; a zone passes where more counts as free than has to stay."));
}

function zonePicture(zone) {
  const parts = partsOf(zone);
  const passes = zone.state === "passes";
  const sign = passes ? "\u2713 " : zone.state === "refused" ? "\u2717 " : "\u2013 ";
  return make("div", {class: "zone-bars"},
    make("h3", {}, "Node " + zone.node + ", zone " + zone.zone + ": ",
      make("span", {class: "verdict " + (passes ? "holds" : zone.state === "refused" ? "violated" : "")},
        make("span", {"aria-hidden": "true"}, sign), zone.state.replaceAll("-", " "))),
    make("p", {}, zone.says),
    parts === null ? null : zoneBars(zone, parts));
}

function zoneBars(zone, parts) {
  const sum = row => row.reduce((all, [, pages]) => all + Math.max(0, pages), 0);
  const most = Math.max(1, sum(parts.free), sum(parts.stays));
  const bar = (title, row) => make("div", {class: "pages-row"},
    make("span", {class: "pages-title"}, title),
    make("div", {class: "pages-bar", "aria-hidden": "true"}, row.filter(([, pages]) => pages > 0).map(([name, pages]) => {
      const part = make("span", {class: "pages-part " + name, title: PARTS[name] + ": " + counted(pages, "page")});
      part.style.setProperty("--share", 100 * pages / most + "%");
      return part;
    })),
    make("span", {class: "pages-text"}, row.filter(([name, pages]) => pages > 0 || name === "plain" || name === "mark")
      .map(([name, pages]) => pages.toLocaleString("en") + " " + (name === "plain" ? "free" : name === "cma" ? "of CMA" : name)).join(" + ")));
  return [
    bar("free", parts.free), zone.counts === zone.free ? null : bar("of it counts", [["plain", zone.counts]]), bar("has to stay", parts.stays),
    facts([
      ["mark before reductions", zone.mark === zone.reduced ? "" : counted(zone.mark, "page")],
      ["refused by", zone.clause === null ? "" : zone.clause.replaceAll("-", " ") + ", " + counted(zone.short, "page") + " short"],
      ["passes by", zone.surplus > 0 ? counted(zone.surplus, "page") : ""],
      ["the dump may be inexact by", zone.margin > 0 ? counted(zone.margin, "page") : ""]
    ])
  ];
}
