// Shortcuts of one key: shown by "?", and switched off by who does not want them.

const KEPT = "console.shortcuts"; // remembered by this browser

export class Shortcuts {
  #actions = new Map();
  #dialog;
  #switch;

  constructor(dialog, button) {
    this.#dialog = dialog;
    this.#switch = dialog.querySelector(".shortcuts__on");
    this.#switch.checked = localStorage.getItem(KEPT) !== "off";
    this.#switch.addEventListener("change", () => {
      localStorage.setItem(KEPT, this.#switch.checked ? "on" : "off");
      this.#tell();
    });
    button.addEventListener("click", () => this.#dialog.showModal());
    this.on("?", () => this.#dialog.showModal());
    addEventListener("keydown", (event) => this.#typed(event));
    this.#tell();
  }

  /** Has a key do something; the key as KeyboardEvent names it, letters in lower case. Any other
   *  key presses the first thing in view that carries it as its `data-key`. */
  on(key, action) {
    this.#actions.set(key, action);
  }

  #typed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (this.#dialog.open) return;
    const writing = event.target.closest("input, select, textarea, [contenteditable]");
    if (event.key === "Escape" && writing) return void writing.blur();
    if (writing || (!this.#switch.checked && event.key !== "Escape")) return;
    // Arrows scroll what has the focus; they move through the list only from within it.
    if (event.key.startsWith("Arrow") && !event.target.closest("#calls")) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const action = this.#actions.get(key) ?? pressing(key);
    if (!action) return;
    event.preventDefault();
    action();
  }

  #tell() {
    document.documentElement.dataset.shortcuts = this.#switch.checked ? "on" : "off";
  }
}

function pressing(key) {
  const found = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)];
  const seen = found.filter((one) => one.checkVisibility());
  // Of two calls the keys are those of the one she hears.
  const thing = seen.find((one) => !one.closest("[data-waits]")) ?? seen[0];
  if (!thing) return null;
  return () => (thing.matches("input, textarea") ? thing.focus() : thing.click());
}
