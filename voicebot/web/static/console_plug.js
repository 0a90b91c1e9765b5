// The one headset of all her tabs. The tab that holds the lock has its line; the others show how it
// stands and pass her keys on. When that tab is closed the next one connects it.

import { channel, first } from "/static/console_between.js";
import { Headset } from "/static/console_headset.js";
import { Joined } from "/static/console_joined.js";

const NAME = "headset";

/** As `Headset`, whichever tab has it; dispatches "state" and "trouble" as it does. */
export class Plug extends EventTarget {
  #own;
  #others = channel(NAME);
  #elsewhere = { state: "off", muted: false };
  #joined = new Joined();
  #here = false;
  #giveUp = null; // gives the lock back, or waits for it no longer; null while none is wanted

  constructor(sound) {
    super();
    this.#own = new Headset(sound);
    this.#own.addEventListener("state", () => this.#stands());
    this.#own.addEventListener("trouble", ({ detail }) => {
      this.dispatchEvent(new CustomEvent("trouble", { detail }));
    });
    this.#others.on((message) => this.#told(message));
    this.#others.send({ asks: true });
  }

  /** Whether this tab has the line: closing it would hang up. */
  get here() {
    return this.#here;
  }

  get state() {
    return this.#shown.state;
  }

  get muted() {
    return this.#shown.muted;
  }

  /** The call in her ear, and those on hold. */
  get heard() {
    return this.#joined.heard;
  }

  get held() {
    return this.#joined.held;
  }

  /** Connects it: here, unless another tab has it. The others come next, once they hear of it: told
   *  before, one that she does not look at would be first, and ask there for the microphone. */
  plug() {
    this.#want();
  }

  /** Disconnects it, wherever it is. */
  unplug() {
    this.#others.send({ left: true });
    this.#leave();
  }

  /** The page goes away; another tab connects it. */
  close() {
    if (!this.#here) return;
    this.#others.send({ state: "connecting", muted: this.#own.muted });
    this.#here = false; // what becomes of the line here is nothing to the others
    this.#own.unplug();
  }

  mute(on) {
    this.#do("mute", on);
  }

  hold(call, on) {
    this.#do("hold", call, on);
  }

  giveBack(call) {
    this.#do("giveBack", call);
  }

  leave(call) {
    this.#do("leave", call);
  }

  /** These are her calls now; a new one begins with the microphone open. Every tab knows, and the
   *  one that has the line sees to it. */
  are(calls) {
    const fresh = this.#joined.are(calls);
    if (this.#here && fresh) this.#own.mute(false);
    else this.#stands();
  }

  get #shown() {
    return this.#here ? this.#own : this.#elsewhere;
  }

  #do(what, ...how) {
    if (!this.#here) return this.#others.send({ what, how });
    const told = this.#own[what](...how);
    if (what !== "hold" || !told) return;
    this.#joined.hold(...how);
    this.#stands();
  }

  #want() {
    if (this.#giveUp) return;
    this.#giveUp = first(NAME, () => {
      this.#here = true;
      this.#own.plug();
    });
  }

  #leave() {
    const giveUp = this.#giveUp;
    this.#giveUp = null;
    if (this.#here) this.#own.unplug();
    this.#here = false;
    giveUp?.();
    this.#changed();
  }

  #stands() {
    if (!this.#here) return;
    this.#send();
    // It was given up there, for want of a microphone: no other tab would fare better.
    if (this.#own.state === "off" && this.#giveUp) this.unplug();
    this.#changed();
  }

  #send() {
    const { state, muted } = this.#own;
    this.#others.send({ state, muted, joined: this.#joined.all });
  }

  #told({ asks, left, what, how, state, muted, joined }) {
    if (asks && this.#here) this.#send();
    if (what && this.#here) this.#do(what, ...how);
    if (left) this.#leave();
    if (state && state !== "off") this.#want(); // it comes next, should that tab go
    if (state && !this.#here) {
      this.#elsewhere = { state, muted };
      if (joined) this.#joined.all = joined;
      this.#changed();
    }
  }

  #changed() {
    this.dispatchEvent(new Event("state"));
  }
}
