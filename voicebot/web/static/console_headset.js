// The operator's headset: a line of her own, kept open for as long as she wants it.

import { Line } from "/static/line.js";
import { _ } from "/static/words.js";

const RETRY_MS = [500, 1000, 2000, 4000, 8000]; // then every 8 s
const REFUSALS = {
  401: _("Votre session a expiré : rechargez la page."),
  403: _("Votre session a expiré : rechargez la page."),
  503: _("Le serveur ne peut pas ouvrir de ligne de plus."),
};

/** Dispatches "state" when `state` (off, connecting, ready) or `muted` changes, and "trouble" with a
 *  message that can be shown. */
export class Headset extends EventTarget {
  state = "off";
  muted = false;
  #sound;
  #line = null;
  #wanted = false;
  #tries = 0;
  #timer = 0;

  constructor(sound) {
    super();
    this.#sound = sound;
  }

  /** Connects, and connects again whenever the line breaks. */
  plug() {
    if (this.#wanted) return;
    this.#wanted = true;
    this.#tries = 0;
    this.#connect();
  }

  /** Disconnects. */
  unplug() {
    this.#wanted = false;
    clearTimeout(this.#timer);
    this.#hangUp();
    this.#become("off");
  }

  mute(on) {
    this.muted = on;
    for (const track of this.#line?.microphone?.getAudioTracks() ?? []) track.enabled = !on;
    this.#changed();
  }

  /** The caller of this call waits with music, or is there again; false when it cannot be said. */
  hold(call, on) {
    return this.#line?.tell({ type: "hold", on, call }) ?? false;
  }

  /** The assistant gets the caller back. */
  giveBack(call) {
    this.#line?.tell({ type: "give_back", call });
  }

  /** Ends this conversation; the line stays, and so does whoever is on hold. */
  leave(call) {
    this.#line?.tell({ type: "leave", call });
  }

  async #connect() {
    const line = new Line();
    this.#line = line;
    this.#become("connecting");
    line.addEventListener("connected", () => {
      if (this.#line !== line) return;
      this.#tries = 0;
      this.mute(this.muted);
      this.#become("ready");
    });
    line.addEventListener("closed", () => this.#closed(line));
    try {
      await line.connect(this.#sound, offer);
    } catch (error) {
      if (this.#line !== line) return;
      // Without a microphone trying again is of no use before she has done something about it.
      this.#wanted = Boolean(error.passing);
      this.dispatchEvent(new CustomEvent("trouble", { detail: error.message }));
      line.hangUp();
    }
  }

  #closed(line) {
    if (this.#line !== line) return;
    this.#line = null;
    this.#become(this.#wanted ? "connecting" : "off");
    if (!this.#wanted) return;
    const wait = RETRY_MS[Math.min(this.#tries, RETRY_MS.length - 1)];
    this.#tries += 1;
    this.#timer = setTimeout(() => this.#wanted && this.#connect(), wait);
  }

  #hangUp() {
    this.#line?.tell({ type: "hangup" });
    this.#line?.hangUp();
  }

  #become(state) {
    this.state = state;
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event("state"));
  }
}

async function offer({ sdp, type }) {
  const csrf = document.querySelector("meta[name=csrf]")?.content ?? "";
  let response;
  try {
    response = await fetch("/api/operator/offer", {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRF-Token": csrf },
      body: JSON.stringify({ sdp, type }),
    });
  } catch {
    throw passing(_("Le serveur ne répond pas."));
  }
  if (response.ok) return response.json();
  throw passing(REFUSALS[response.status] ?? _("Le casque n'a pas pu être connecté."));
}

// A trouble that may pass by itself: it is tried again.
function passing(message) {
  return Object.assign(new Error(message), { passing: true });
}
