// Each voice of a recording can be silenced: two people who speak at once are heard one by one.

export class Voices {
  #sound;
  #gains = null;
  #context = null;
  #count;

  constructor(player, sound) {
    this.#sound = sound;
    const buttons = [...player.querySelectorAll(".wave__voice")];
    const lanes = [...player.querySelectorAll(".wave__lane")];
    this.#count = buttons.length;
    buttons.forEach((button, voice) => {
      button.disabled = false;
      button.addEventListener("click", () => {
        const heard = button.getAttribute("aria-pressed") !== "true";
        button.setAttribute("aria-pressed", String(heard));
        lanes[voice].classList.toggle("wave__lane--silenced", !heard);
        this.#turn(voice, heard);
      });
    });
    sound.addEventListener("play", () => this.#context?.resume());
  }

  #turn(voice, heard) {
    this.#gains ??= this.#apart();
    this.#gains[voice].gain.value = heard ? 1 : 0;
  }

  // Until a voice is silenced the browser plays the file as it is. Then all voices are in the middle.
  #apart() {
    this.#context = new AudioContext();
    const source = this.#context.createMediaElementSource(this.#sound);
    const splitter = this.#context.createChannelSplitter(this.#count);
    source.connect(splitter);
    return Array.from({ length: this.#count }, (_, voice) => {
      const gain = this.#context.createGain();
      splitter.connect(gain, voice);
      gain.connect(this.#context.destination);
      return gain;
    });
  }
}
