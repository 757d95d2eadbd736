// Which row of a list is selected; changed by pointer and keys.

class Selection {
  /** parts: list, rows, panel; lane tells of an index whose row it is, shown what the panel has of it. */
  constructor(parts) {
    Object.assign(this, parts, {at: -1});
    this.rows.forEach((row, index) => row.addEventListener("click", () => this.select(index, true)));
    this.list.addEventListener("keydown", event => this.key(event));
  }

  key(event) {
    const last = this.rows.length - 1;
    const to = {
      ArrowDown: this.at + 1, ArrowUp: this.at - 1, j: this.at + 1, k: this.at - 1, Home: 0, End: last,
      PageDown: this.at + 10, PageUp: this.at - 10, ArrowRight: this.ofSame(1), ArrowLeft: this.ofSame(-1)
    }[event.key];
    if (to !== undefined && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      this.select(Math.max(0, Math.min(last, to)), true);
    }
  }

  /** The next row of the lane of the selected one, or the one before; the selected one if there is none. */
  ofSame(way) {
    const mine = this.lane(this.at);
    for (let i = this.at + way; i >= 0 && i < this.rows.length; i += way) {
      if (this.lane(i) === mine) {
        return i;
      }
    }
    return this.at;
  }

  select(index, scrolls) {
    if (this.at >= 0) {
      this.rows[this.at].setAttribute("aria-selected", "false");
    }
    this.at = index;
    this.rows[index].setAttribute("aria-selected", "true");
    this.list.setAttribute("aria-activedescendant", this.rows[index].id);
    fill(this.panel, this.shown(index));
    if (scrolls) {
      this.rows[index].scrollIntoView({block: "nearest"});
    }
  }
}
