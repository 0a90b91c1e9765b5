// The recording and the transcript follow each other.

const sound = document.querySelector(".player__sound");
const drawing = document.querySelector(".wave__drawing");
const head = document.querySelector(".wave__head");
const turns = [...document.querySelectorAll(".turn[data-start]")];

if (sound) {
  for (const turn of turns) turn.addEventListener("click", () => playFrom(turn));
  sound.addEventListener("timeupdate", follow);
  sound.addEventListener("seeked", follow);
  drawing?.addEventListener("click", (event) => {
    const box = drawing.getBoundingClientRect();
    sound.currentTime = ((event.clientX - box.left) / box.width) * (sound.duration || 0);
  });
}

function playFrom(turn) {
  if (String(getSelection())) return; // a click that ends a selection is not a wish to listen
  sound.currentTime = Number(turn.dataset.start);
  sound.play();
}

function follow() {
  const now = sound.currentTime + 0.05;
  const current = turns.findLast((turn) => Number(turn.dataset.start) <= now);
  for (const turn of turns) {
    if (turn === current) turn.setAttribute("aria-current", "true");
    else turn.removeAttribute("aria-current");
  }
  if (!head || !sound.duration) return;
  const x = (sound.currentTime / sound.duration) * drawing.viewBox.baseVal.width;
  head.setAttribute("x1", x);
  head.setAttribute("x2", x);
}
