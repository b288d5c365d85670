// While a finger is on the page nothing may move under it: a tap begins on one thing and must end on the same.
// Leaving a text saves it and draws the page anew, and so does another phone's edit; both wait for the tap to land.

const CLICK_WITHIN = 400; // a phone sends the click a while after the finger is up, or never
const LONGEST = 3000; // a finger that rests does not stop the page for ever

export class Press {
  constructor() {
    this.isDown = false;
    this.waiting = new Set();
    addEventListener("pointerdown", () => this.down(), true);
    for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => this.endIn(end === "pointerup" ? CLICK_WITHIN : 0), true);
    addEventListener("click", () => this.endIn(0), true); // after those who listen to the click
  }

  down() {
    this.isDown = true;
    this.endIn(LONGEST);
  }

  endIn(pause) {
    if (!this.isDown) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.end(), pause);
  }

  end() {
    this.isDown = false;
    const actions = [...this.waiting];
    this.waiting.clear();
    for (const action of actions) action();
  }

  // Now, or when the finger is off; the same function asked for twice runs once.
  whenUp(action) {
    if (this.isDown) this.waiting.add(action);
    else action();
  }
}
