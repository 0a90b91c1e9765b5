// The bell of a call that rings: two soft notes, made here, again and again. Of all her tabs one
// rings, so that a second tab does not make it twice as loud.

import { first } from "/static/console_between.js";

const NOTES = [
  { at: 0, hertz: 659 },
  { at: 0.18, hertz: 880 },
];
const EVERY_S = 2.4;
const STRIKES = 50; // two minutes: longer than anything rings
const LOUDNESS = 0.22;

export class Bell {
  #audio = null;
  #on = false;
  #tones = [];
  #silence = () => {};

  /** Rings for as long as it is on. */
  async ring(on) {
    if (on === this.#on) return;
    this.#on = on;
    if (!on) return this.#stop();
    this.#audio ??= new AudioContext();
    // Done once the page may make a sound: when it was clicked or typed in. Until then it must not
    // keep the bell from a tab that may.
    await this.#audio.resume();
    if (this.#on) this.#silence = first("bell", () => this.#on && this.#start());
  }

  // All at once, and not by a timer: browsers hold back those of a page that is not looked at.
  #start() {
    for (let strike = 0; strike < STRIKES; strike += 1) {
      const start = this.#audio.currentTime + strike * EVERY_S;
      for (const { at, hertz } of NOTES) this.#tones.push(this.#note(start + at, hertz));
    }
  }

  #stop() {
    for (const tone of this.#tones.splice(0)) tone.disconnect();
    this.#silence();
    this.#silence = () => {};
  }

  #note(start, hertz) {
    const tone = this.#audio.createOscillator();
    const loudness = this.#audio.createGain();
    tone.frequency.value = hertz;
    loudness.gain.setValueAtTime(0, start);
    loudness.gain.linearRampToValueAtTime(LOUDNESS, start + 0.015);
    loudness.gain.exponentialRampToValueAtTime(0.001, start + 0.7);
    tone.connect(loudness).connect(this.#audio.destination);
    tone.start(start);
    tone.stop(start + 0.75);
    return tone;
  }
}
