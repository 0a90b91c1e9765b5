// The bell of a call that rings: two soft notes, made here, again and again.

const NOTES = [
  { at: 0, hertz: 659 },
  { at: 0.18, hertz: 880 },
];
const EVERY_MS = 2400;
const LOUDNESS = 0.22;

export class Bell {
  #audio = null;
  #timer = 0;

  /** Rings for as long as it is on. */
  ring(on) {
    if (on === Boolean(this.#timer)) return;
    clearInterval(this.#timer);
    this.#timer = 0;
    if (!on) return;
    this.#strike();
    this.#timer = setInterval(() => this.#strike(), EVERY_MS);
  }

  get ringing() {
    return Boolean(this.#timer);
  }

  #strike() {
    this.#audio ??= new AudioContext();
    this.#audio.resume(); // a browser holds it until the page was first clicked or typed in
    for (const { at, hertz } of NOTES) this.#note(this.#audio.currentTime + at, hertz);
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
  }
}
