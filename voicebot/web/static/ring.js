// The page that rings: the states of a call, its keypad, its timer, its level.

import { Conversation } from "/static/conversation.js";
import { Line } from "/static/line.js";
import { _ } from "/static/words.js";

const END_MS = 4000; // how long the journal may take to close once the line is down

const page = document.querySelector(".ring");
const find = (selector) => page.querySelector(selector);
const form = find(".choose");
const conversation = new Conversation(page);

let line = null;
let clock = 0;
let callId = null;

form.addEventListener("submit", (event) => {
  event.preventDefault();
  ring(new FormData(form));
});
find(".button--hangup").addEventListener("click", () => line?.hangUp());
find(".after .button--plain").addEventListener("click", again);
for (const key of page.querySelectorAll(".key")) {
  key.addEventListener("click", () => line?.press(key.dataset.key));
}
addEventListener("keydown", typed);
addEventListener("pagehide", () => line?.hangUp());
conversation.addEventListener("ended", () => (line ? line.hangUp() : closed()));

async function ring(choice) {
  const chosen = form.querySelector("input[name=client]:checked");
  if (!chosen || line) return;
  show("ringing");
  tell("");
  find(".talk__company").textContent = chosen.dataset.company;
  find(".talk__timer").textContent = "";
  find(".button--hangup").focus();
  const rung = new Line();
  line = rung;
  rung.addEventListener("connected", () => answered(rung));
  rung.addEventListener("closed", () => over(rung));
  try {
    const id = await rung.ring(choice.get("client"), choice.get("caller_number"), find(".sound"));
    if (line !== rung) return; // he hung up while it rang
    callId = id;
    conversation.follow(callId);
  } catch (error) {
    if (line !== rung) return;
    line = null;
    rung.hangUp();
    show("idle");
    tell(error.message);
    form.querySelector(".button--call").focus();
  }
}

function answered(rung) {
  show("talking");
  const began = Date.now();
  const tick = () => {
    const seconds = Math.floor((Date.now() - began) / 1000);
    const rest = String(seconds % 60).padStart(2, "0");
    find(".talk__timer").textContent = `${Math.floor(seconds / 60)}:${rest}`;
  };
  tick();
  clock = setInterval(tick, 1000);
  meter(rung);
}

function over(rung) {
  if (line !== rung) return;
  line = null;
  clearInterval(clock);
  if (callId === null) return again();
  show("ended");
  setTimeout(closed, END_MS);
  const link = find(".after a");
  link.href = `/calls/${encodeURIComponent(callId)}`;
  link.focus();
}

function closed() {
  if (page.dataset.state === "ended") conversation.stop();
}

function again() {
  callId = null;
  conversation.stop();
  show("idle");
  form.querySelector(".button--call").focus();
}

const STATES = {
  ringing: _("Appel en cours…"),
  talking: _("En communication"),
  ended: _("Appel terminé"),
};

function show(state) {
  page.dataset.state = state;
  form.hidden = state !== "idle";
  find(".talk").hidden = state === "idle";
  find(".talk__state").textContent = STATES[state] ?? "";
  find(".button--hangup").hidden = state === "ended";
  find(".keypad").hidden = state === "ended";
  find(".level").hidden = state === "ended";
  find(".after").hidden = state !== "ended";
}

function tell(trouble) {
  const line = find(".trouble");
  line.textContent = trouble;
  line.hidden = !trouble;
}

function typed(event) {
  if (!line || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (!/^[0-9*#]$/.test(event.key) || event.target.matches("input, select, textarea")) return;
  if (!line.press(event.key)) return;
  const key = find(`.key[data-key="${event.key}"]`);
  key.classList.add("key--down");
  setTimeout(() => key.classList.remove("key--down"), 150);
}

// Shows the caller that the microphone hears him.
function meter(rung) {
  const audio = new AudioContext();
  const analyser = audio.createAnalyser();
  analyser.fftSize = 512;
  audio.createMediaStreamSource(rung.microphone).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const bar = find(".level__bar");
  const draw = () => {
    if (line !== rung) return void audio.close();
    analyser.getFloatTimeDomainData(samples);
    const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    bar.style.transform = `scaleX(${Math.min(1, Math.sqrt(peak)).toFixed(2)})`;
    requestAnimationFrame(draw);
  };
  draw();
}
