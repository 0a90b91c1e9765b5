// The call that is chosen, as it is said: its new lines are asked for when the console's stream
// says that the call went on.

import { Conversation } from "/static/conversation.js";

const AGAIN_MS = 3000; // after this they are asked for again, where the server did not answer

/** Dispatches "ended" when the call's journal is closed. */
export class Talk extends EventTarget {
  #call;
  #page;
  #known = 0;
  #asking = false;
  #more = false;
  #over = false;
  #words = "";

  constructor(pane, call) {
    super();
    this.#call = call;
    this.#page = new Conversation(pane);
    this.#page.addEventListener("ended", () => this.dispatchEvent(new Event("ended")));
    this.#page.clear();
    this.moved();
  }

  get call() {
    return this.#call;
  }

  /** Asks for what is new. */
  async moved() {
    this.#more = true;
    if (this.#asking) return;
    this.#asking = true;
    while (this.#more && !this.#over) {
      this.#more = false;
      await this.#ask();
    }
    this.#asking = false;
    this.hear(this.#words);
  }

  /** Shows what the caller is saying, as far as it is heard; behind the lines that came before. */
  hear(words) {
    this.#words = words;
    if (!this.#asking && !this.#over) this.#page.hear(words);
  }

  /** Asks no more; what is shown stays. */
  stop() {
    this.#over = true;
  }

  async #ask() {
    const address = `/api/calls/${encodeURIComponent(this.#call)}/lines?after=${this.#known}`;
    try {
      const response = await fetch(address);
      if (!response.ok) return; // it was erased, or is hers no more; the stream says the rest
      const { entries, count } = await response.json();
      if (this.#over) return;
      this.#known = count;
      for (const entry of entries) this.#page.take(entry);
    } catch {
      setTimeout(() => this.moved(), AGAIN_MS); // the link is down, and the page says so
    }
  }
}
