// The calls she is joined in: whom she hears, and who is on hold. It goes as the server has it go:
// whoever is joined puts the one before on hold, who is there again when he leaves.

export class Joined {
  #calls = []; // the last one is in her ear
  #held = new Set();

  /** The call she hears, or has on hold with nobody else in her ear; empty where there is none. */
  get heard() {
    return this.#calls.at(-1) ?? "";
  }

  /** Those on hold. */
  get held() {
    return [...this.#held];
  }

  /** As another tab takes it over. */
  get all() {
    return { calls: this.#calls, held: this.held };
  }

  set all({ calls, held }) {
    this.#calls = calls;
    this.#held = new Set(held);
  }

  /** These are her calls now. Gives whether one of them is new. */
  are(calls) {
    const { heard } = this;
    const fresh = calls.filter((call) => !this.#calls.includes(call));
    this.#calls = this.#calls.filter((call) => calls.includes(call));
    this.#held = new Set(this.held.filter((call) => calls.includes(call)));
    if (this.heard !== heard) this.#held.delete(this.heard);
    for (const call of fresh) {
      if (this.heard) this.#held.add(this.heard);
      this.#calls.push(call);
    }
    return fresh.length > 0;
  }

  /** One is put on hold, or taken back: whom she hears until then waits. */
  hold(call, on) {
    if (on) return void this.#held.add(call);
    if (call !== this.heard) {
      this.#held.add(this.heard);
      this.#calls = [...this.#calls.filter((one) => one !== call), call];
    }
    this.#held.delete(call);
  }
}
