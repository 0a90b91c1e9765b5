// The recording and the transcript follow each other; without this, the browser's own controls play.

import { Voices } from "/static/voices.js";
import { _ } from "/static/words.js";

const JUMP_S = 5; // of the arrow keys

const player = document.querySelector(".player");
const find = (selector) => player.querySelector(selector);
const turns = [...document.querySelectorAll(".turn[data-start]")]
  .map((line) => ({ line, start: Number(line.dataset.start) }))
  .sort((one, other) => one.start - other.start);

if (player) {
  const sound = find(".player__sound");
  const seek = find(".wave__seek");
  const follow = find(".player__follow");
  let current = null;
  let following = true;

  if (seek) equip();
  for (const { line, start } of turns) line.addEventListener("click", () => playFrom(start));
  for (const name of ["timeupdate", "seeked", "loadedmetadata"]) sound.addEventListener(name, show);

  /** Puts our own controls in place of the browser's. */
  function equip() {
    sound.controls = false;
    player.classList.add("player--ready");
    find(".player__bar").hidden = false;
    seek.disabled = false;
    seek.addEventListener("input", () => (sound.currentTime = Number(seek.value)));
    seek.addEventListener("keydown", jump);
    find(".player__play").addEventListener("click", () => (sound.paused ? play() : sound.pause()));
    find(".player__speed select").addEventListener("change", ({ target }) => {
      sound.playbackRate = sound.defaultPlaybackRate = Number(target.value);
    });
    for (const name of ["play", "pause", "ended"]) sound.addEventListener(name, state);
    sound.addEventListener("error", () => (find(".player__end").textContent = _("illisible")));
    new Voices(player, sound);
    // Whoever scrolls away reads something else; he is not pulled back.
    for (const name of ["wheel", "touchmove"]) addEventListener(name, away, { passive: true });
    follow.addEventListener("click", () => {
      following = true;
      follow.hidden = true;
      reveal();
    });
    seek.setAttribute("aria-valuetext", told(0));
  }

  function play() {
    following = true;
    follow.hidden = true;
    sound.play();
  }

  function playFrom(start) {
    if (String(getSelection())) return; // a click that ends a selection is not a wish to listen
    sound.currentTime = start;
    play();
  }

  function state() {
    player.classList.toggle("player--playing", !sound.paused);
    find(".player__play").setAttribute("aria-label", sound.paused ? _("Écouter") : _("Pause"));
    if (sound.paused) follow.hidden = true;
  }

  function away() {
    if (sound.paused || !turns.length) return;
    following = false;
    follow.hidden = false;
  }

  function jump(event) {
    const steps = { ArrowRight: JUMP_S, ArrowUp: JUMP_S, ArrowLeft: -JUMP_S, ArrowDown: -JUMP_S };
    if (event.key === " ") (sound.paused ? play() : sound.pause());
    else if (event.key in steps) sound.currentTime += steps[event.key];
    else return;
    event.preventDefault();
  }

  function show() {
    const now = sound.currentTime;
    const begun = now > 0 || !sound.paused;
    const found = (begun && turns.findLast(({ start }) => start <= now + 0.05)?.line) || null;
    if (found !== current) {
      current?.removeAttribute("aria-current");
      found?.setAttribute("aria-current", "true");
      current = found;
      if (following && !sound.paused) reveal();
    }
    if (!seek) return;
    seek.value = now;
    seek.setAttribute("aria-valuetext", told(now));
    find(".player__now").textContent = clock(now);
    const head = find(".wave__head");
    const x = (now / Number(seek.max)) * find(".wave__drawing").viewBox.baseVal.width;
    head.setAttribute("x1", x);
    head.setAttribute("x2", x);
  }

  function reveal() {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    current?.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
  }

  function told(now) {
    return `${clock(now)} sur ${clock(Number(seek.max))}`;
  }
}

function clock(seconds) {
  const whole = Math.floor(seconds);
  const rest = String(whole % 60).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}
