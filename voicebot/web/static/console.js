// The console: its regions follow the server, and one call is shown whole.

import { Conversation } from "/static/conversation.js";
import { Shortcuts } from "/static/console_keys.js";

const page = document.querySelector(".console");
const pane = document.querySelector("#pane");
const find = (selector) => page.querySelector(selector);
let conversation = null;

// --- The stream ---

const source = new EventSource("/api/console/events");
source.addEventListener("open", () => linked(true));
source.addEventListener("error", () => linked(false));
source.addEventListener("message", ({ data }) => {
  for (const [name, html] of Object.entries(JSON.parse(data))) renew(name, html);
  mark();
  tick();
});
addEventListener("pagehide", () => source.close());

function renew(name, html) {
  const region = document.getElementById(name);
  if (!region) return;
  // A line keeps its element while it is about the same call: who has the focus there keeps it.
  Idiomorph.morph(region, html, { morphStyle: "innerHTML" });
  htmx.process(region);
  region.dispatchEvent(new CustomEvent("renewed", { bubbles: true }));
}

function linked(up) {
  const line = find(".desk__link");
  const text = up ? "" : "Liaison perdue. La console se reconnecte…";
  if (line.textContent !== text) line.textContent = text;
  line.hidden = up;
}

// --- The call that is chosen ---

find("#calls").addEventListener("click", (event) => {
  const link = event.target.closest("[data-open]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  choose(link.closest("[data-call]").dataset.call);
});

function choose(callId) {
  page.dataset.chosen = callId;
  history.replaceState(null, "", `/console?call=${encodeURIComponent(callId)}`);
  mark();
  const asked = { target: "#pane", swap: "innerHTML" };
  htmx.ajax("GET", `/console/calls/${encodeURIComponent(callId)}`, asked);
}

pane.addEventListener("htmx:afterSettle", (event) => {
  if (event.target !== pane) return;
  show();
  pane.querySelector("#pane-title")?.focus({ preventScroll: true });
  // On a telephone the list is above: the call comes into view.
  if (matchMedia("(max-width: 900px)").matches) pane.scrollIntoView();
});

function show() {
  conversation?.stop();
  conversation = null;
  const shown = pane.querySelector("[data-call]");
  if (!shown) return;
  conversation = new Conversation(pane);
  conversation.follow(shown.dataset.call);
  tick();
}

function mark() {
  for (const line of page.querySelectorAll(".ongoing[data-call]")) {
    const chosen = line.dataset.call === page.dataset.chosen;
    line.classList.toggle("ongoing--chosen", chosen);
    const link = line.querySelector("[data-open]");
    if (chosen) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

// --- How long each call has lasted ---

function tick() {
  for (const time of page.querySelectorAll("[data-since]")) {
    const until = time.dataset.until ? Date.parse(time.dataset.until) : Date.now();
    const seconds = Math.max(0, Math.floor((until - Date.parse(time.dataset.since)) / 1000));
    const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    if (time.textContent !== text) time.textContent = text;
  }
}

// --- The keyboard ---

const keys = new Shortcuts(find(".shortcuts"), find(".desk__help"));
keys.on("j", () => step(1));
keys.on("ArrowDown", () => step(1));
keys.on("k", () => step(-1));
keys.on("ArrowUp", () => step(-1));
keys.on("Escape", () => (find(".ongoing--chosen [data-open]") ?? find("[data-open]"))?.focus());

function step(by) {
  const links = [...page.querySelectorAll("#calls [data-open]")];
  if (!links.length) return;
  const at = links.indexOf(document.activeElement.closest?.("[data-open]"));
  const chosen = links.findIndex((link) => link.closest(".ongoing--chosen"));
  const from = at >= 0 ? at : chosen;
  const next = links[(from + by + links.length) % links.length] ?? links[0];
  next.focus();
  choose(next.closest("[data-call]").dataset.call);
}

htmx.on("htmx:configRequest", (event) => {
  const csrf = document.querySelector("meta[name=csrf]");
  if (csrf) event.detail.headers["X-CSRF-Token"] = csrf.content;
});
show();
mark();
tick();
setInterval(tick, 1000);
