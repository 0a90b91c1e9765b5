// What a call's events become on the page. The lines come from the server, already escaped.

import { _ } from "/static/words.js";

const AT_END_PX = 80; // closer to the end than this, the reader is following it

/** Shows one call as it happens; dispatches "ended" when its journal is closed. */
export class Conversation extends EventTarget {
  #page;
  #source = null;

  constructor(page) {
    super();
    this.#page = page;
  }

  /** Empties the page and follows a call. */
  follow(callId) {
    this.stop();
    this.clear();
    this.#source = new EventSource(`/api/calls/${encodeURIComponent(callId)}/events`);
    // The server tells a call from its beginning on every connection.
    this.#source.addEventListener("open", () => this.clear());
    this.#source.addEventListener("message", ({ data }) => this.take(JSON.parse(data)));
  }

  /** Stops following; what is shown stays. */
  stop() {
    this.#source?.close();
    this.#source = null;
    this.hear("");
  }

  clear() {
    this.#find(".transcript").replaceChildren();
    this.#find(".facts").replaceChildren();
    this.#find(".known__empty").hidden = false;
    this.#find(".known__urgency").hidden = true;
    this.#find(".live__empty").hidden = true;
    this.#find(".live__scroll").hidden = false;
    this.hear("");
  }

  /** Puts one event of the call on the page. */
  take({ kind, data, html, label, shown, language }) {
    if (kind === "hearing") return this.hear(data.text);
    if (kind === "heard") this.hear("");
    if (html) this.#add(html);
    if (kind === "slot" && label) this.#know(data.name, label, shown);
    if (kind === "decided") this.#judge(data, label, language);
    if (kind === "ended" || kind === "gone") {
      this.stop();
      this.dispatchEvent(new Event("ended"));
    }
  }

  #add(html) {
    this.#following(() => this.#find(".transcript").insertAdjacentHTML("beforeend", html));
  }

  /** Shows what is being said, as far as it is heard. */
  hear(text) {
    const line = this.#find(".hearing");
    this.#following(() => {
      line.textContent = text;
      line.hidden = !text;
    });
  }

  // Whoever has scrolled back to read is left where he is.
  #following(change) {
    const view = this.#find(".live__scroll");
    const atEnd = view.scrollHeight - view.scrollTop - view.clientHeight < AT_END_PX;
    change();
    if (atEnd) view.scrollTop = view.scrollHeight;
  }

  #know(name, label, shown) {
    this.#find(".known__empty").hidden = true;
    const facts = this.#find(".facts");
    let fact = facts.querySelector(`[data-name="${CSS.escape(name)}"]`);
    if (!fact) {
      fact = document.querySelector("#fact").content.firstElementChild.cloneNode(true);
      fact.dataset.name = name;
      fact.querySelector("dt").textContent = label;
      facts.append(fact);
    }
    fact.querySelector("dd").textContent = shown;
  }

  #judge({ urgency, rule, because }, label, language) {
    const box = this.#find(".known__urgency");
    box.hidden = false;
    box.className = `known__urgency urgency--${urgency}`;
    const name = document.createElement("strong");
    name.textContent = label;
    const why = document.createElement("p");
    why.textContent = because;
    if (language) why.lang = language; // the client's own words, on a page in another language
    const which = document.createElement("p");
    which.className = "hint";
    which.textContent = rule === "default" ? "" : _("Règle %(rule)s", { rule });
    box.replaceChildren(name, why, which);
  }

  #find(selector) {
    return this.#page.querySelector(selector);
  }
}
