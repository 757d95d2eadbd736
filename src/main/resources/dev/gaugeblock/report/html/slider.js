// A slider over things in the order of time, which says in words where it stands.

class Slider {
  /** Over so many; words tells what an index stands for. */
  constructor(title, count, words) {
    this.words = words;
    this.input = make("input", {type: "range", min: 0, max: Math.max(0, count - 1), step: 1, value: 0, "aria-label": title});
    this.told = make("output", {});
    this.element = make("div", {class: "slider"}, make("label", {}, title + " ", this.input), this.told);
  }

  /** Calls back with the index whenever somebody moves it. */
  onMove(moved) {
    this.input.addEventListener("input", () => moved(Number(this.input.value)));
  }

  set(index) {
    this.input.value = index;
    this.input.setAttribute("aria-valuetext", shown(this.words(index)));
    fill(this.told, this.words(index));
  }
}
