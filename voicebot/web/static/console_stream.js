// The stream of what changes at a console, kept up: opened again when it breaks or falls silent.

const ADDRESS = "/api/console/events";
const AGAIN_MS = 5000; // after this it is asked for again, where the browser gave up
const SILENT_MS = 40000; // the server sends a beat every 15 s: a line that says nothing is dead

/** Calls `told` with each message, and `linked` with "up", "lost" or "refused". */
export class Stream {
  #told;
  #linked;
  #source = null;
  #again = 0;
  #silence = 0;

  constructor(told, linked) {
    this.#told = told;
    this.#linked = linked;
    this.#open();
  }

  close() {
    this.#source.close();
    clearTimeout(this.#again);
    clearTimeout(this.#silence);
  }

  #open() {
    const source = new EventSource(ADDRESS);
    this.#source = source;
    source.addEventListener("open", () => {
      this.#linked("up");
      this.#heard();
    });
    source.addEventListener("beat", () => this.#heard());
    source.addEventListener("message", ({ data }) => {
      this.#heard();
      this.#told(JSON.parse(data));
    });
    source.addEventListener("error", () => {
      if (source.readyState === EventSource.CONNECTING) return this.#linked("lost");
      // Refused, by a proxy or because nobody is signed in: the browser does not try again.
      this.#linked("refused");
      this.#reopen(AGAIN_MS);
    });
  }

  #heard() {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => {
      this.#linked("lost");
      this.#reopen(0);
    }, SILENT_MS);
  }

  #reopen(after) {
    this.close();
    this.#again = setTimeout(() => this.#open(), after);
  }
}
