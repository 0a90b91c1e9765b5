// The console: its regions follow the server, one call is shown whole, and calls ring.

import { Bell } from "/static/console_bell.js";
import "/static/console_forms.js";
import { Headset } from "/static/console_headset.js";
import { Shortcuts } from "/static/console_keys.js";
import { notice, say, trouble } from "/static/console_lines.js";
import { Conversation } from "/static/conversation.js";

const AT_END_PX = 80; // closer to the end than this, the reader is following it
const AGAIN_MS = 5000; // after this the stream is asked for again, where the browser gave up
const LOST = "Liaison perdue. La console se reconnecte…";
const REFUSED = "Liaison perdue : si cela dure, rechargez la page.";

const page = document.querySelector(".console");
const find = (selector) => page.querySelector(selector);
const pane = find("#pane");
const bell = new Bell();
const headset = new Headset(find(".sound"));
const title = document.title;
let conversation = null;
let focusing = false; // whether the call that is being fetched was asked for by hand
let online = ""; // the call she talks in

// --- The stream ---

let source = null;
listen();

function listen() {
  source = new EventSource("/api/console/events");
  source.addEventListener("open", () => linked(""));
  source.addEventListener("error", () => {
    if (source.readyState === EventSource.CONNECTING) return linked(LOST);
    // Refused, by a proxy or because nobody is signed in: the browser does not try again.
    linked(REFUSED);
    setTimeout(listen, AGAIN_MS);
  });
  source.addEventListener("message", ({ data }) => take(JSON.parse(data)));
}

function take({ regions, noted, missed }) {
  for (const [name, html] of Object.entries(regions)) renew(name, html);
  if (noted.includes(page.dataset.chosen)) htmx.trigger("#notes", "noted");
  settle();
  if (missed.length) notice(missed.at(-1));
}

addEventListener("beforeunload", (event) => {
  if (online) event.preventDefault(); // leaving the page would hang up on the caller
});
addEventListener("pagehide", () => {
  source.close();
  headset.unplug();
});

// A line keeps its element while it is about the same: who has the focus there keeps it, and so
// does what was opened or written.
const KEEPING = {
  morphStyle: "innerHTML",
  ignoreActiveValue: true,
  callbacks: {
    beforeAttributeUpdated: (name, element) => !(name === "open" && element.matches("details")),
  },
};

function renew(name, html) {
  const region = document.getElementById(name);
  Idiomorph.morph(region, html, KEEPING);
  htmx.process(region);
}

function settle() {
  ring();
  talk();
  mark();
  tick();
  show();
}

function linked(text) {
  say(".desk__link", text);
}

// --- A call that rings, and the call she talks in ---

function ring() {
  const rings = [...page.querySelectorAll("[data-incoming]")];
  const company = rings[0]?.querySelector("h2").textContent;
  document.title = company ? `Appel : ${company}` : title;
  bell.ring(rings.length > 0);
  const fresh = rings.find((one) => !one.dataset.met);
  if (!fresh) return;
  fresh.dataset.met = "yes";
  if (!online) choose(fresh.dataset.call, false);
}

function talk() {
  const call = find("#talking [data-call]")?.dataset.call ?? "";
  if (call === online) return;
  online = call;
  if (!call) return;
  notice("");
  headset.fresh();
  choose(call, false);
}

// --- The call that is chosen ---

page.addEventListener("click", (event) => {
  const link = event.target.closest("[data-open]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  choose(link.closest("[data-call]").dataset.call, true);
});

function choose(call, byHand) {
  const again = page.dataset.chosen === call && pane.querySelector("[data-call]");
  page.dataset.chosen = call;
  mark();
  if (again && !byHand) return;
  focusing = byHand;
  history.replaceState(null, "", `/console?call=${encodeURIComponent(call)}`);
  const asked = { target: "#pane", swap: "innerHTML" };
  htmx.ajax("GET", `/console/calls/${encodeURIComponent(call)}`, asked);
}

pane.addEventListener("htmx:afterSettle", (event) => {
  if (event.target !== pane) return;
  follow();
  if (!focusing) return;
  pane.querySelector("#pane-title")?.focus({ preventScroll: true });
  // On a telephone the list is above: the call comes into view.
  if (matchMedia("(max-width: 1000px)").matches) pane.scrollIntoView();
});

function follow() {
  conversation?.stop();
  conversation = null;
  const shown = pane.querySelector("[data-call]");
  if (!shown) return;
  conversation = new Conversation(pane);
  conversation.follow(shown.dataset.call);
  const lasted = shown.querySelector("[data-since]");
  conversation.addEventListener("ended", () => {
    lasted.dataset.until ||= new Date().toISOString();
  });
  tick();
  stay(pane.querySelector(".live__scroll"));
}

// When something rings above, the transcript gets lower: who read its end still does.
function stay(view) {
  let atEnd = true;
  view.addEventListener("scroll", () => {
    atEnd = view.scrollHeight - view.scrollTop - view.clientHeight < AT_END_PX;
  });
  new ResizeObserver(() => {
    if (atEnd) view.scrollTop = view.scrollHeight;
  }).observe(view);
}

function mark() {
  pane.dataset.standing = "over";
  for (const line of page.querySelectorAll(".ongoing[data-call]")) {
    const chosen = line.dataset.call === page.dataset.chosen;
    line.classList.toggle("ongoing--chosen", chosen);
    const link = line.querySelector("[data-open]");
    if (chosen) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
    if (chosen) pane.dataset.standing = line.dataset.standing;
  }
}

// --- Times ---

function tick() {
  const now = Date.now();
  for (const time of page.querySelectorAll("[data-since]")) {
    const until = time.dataset.until ? Date.parse(time.dataset.until) : now;
    write(time, (until - Date.parse(time.dataset.since)) / 1000);
  }
  for (const time of page.querySelectorAll("[data-left]")) {
    write(time, time.dataset.left - now / 1000);
  }
}

function write(time, seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const text = `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
  if (time.textContent !== text) time.textContent = text;
}

// --- The headset ---

const HEADSET = { off: "Casque débranché", connecting: "Connexion du casque…", ready: "Casque prêt" };
const BUTTONS = {
  plug: () => (headset.state === "off" ? headset.plug() : headset.unplug()),
  mute: () => headset.mute(!headset.muted),
  hold: () => headset.hold(!headset.held),
  give_back: () => headset.giveBack(),
  leave: () => headset.leave(),
};

page.addEventListener("click", (event) => {
  const button = event.target.closest("[data-line]");
  if (button) BUTTONS[button.dataset.line]();
  if (event.target.closest("[data-headset]")) headset.plug();
});
headset.addEventListener("state", show);
headset.addEventListener("trouble", ({ detail }) => trouble(detail));

function show() {
  const line = find(".desk__headset");
  line.dataset.state = headset.state;
  say(".desk__headset-state", HEADSET[headset.state]);
  find("[data-line=plug]").textContent = headset.state === "off" ? "Brancher" : "Débrancher";
  for (const [name, on] of Object.entries({ mute: headset.muted, hold: headset.held })) {
    const button = find(`[data-line=${name}]`);
    button?.setAttribute("aria-pressed", String(on));
  }
}

// --- The keyboard ---

const keys = new Shortcuts(find(".shortcuts"), find(".desk__help"));
keys.on("j", () => step(1));
keys.on("ArrowDown", () => step(1));
keys.on("k", () => step(-1));
keys.on("ArrowUp", () => step(-1));
keys.on("Escape", () => {
  const menu = find("details[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
    return;
  }
  (find(".ongoing--chosen [data-open]") ?? find("#calls [data-open]"))?.focus();
});
page.addEventListener(
  "toggle",
  ({ target }) => target.open && target.querySelector("button, input")?.focus(),
  true,
);

function step(by) {
  const links = [...page.querySelectorAll("#calls [data-open]")];
  if (!links.length) return;
  const at = links.findIndex((link) => link.closest(".ongoing--chosen"));
  const next = at < 0 ? links.at(by > 0 ? 0 : -1) : links.at((at + by) % links.length);
  choose(next.closest("[data-call]").dataset.call, false);
  next.focus();
}

follow();
settle();
setInterval(tick, 1000);

// Who was available before the page was loaded again still is: her headset comes back with it.
const available = find(".presence__one--available").getAttribute("aria-pressed") === "true";
if (available) {
  navigator.permissions
    ?.query({ name: "microphone" })
    .then(({ state }) => state === "granted" && headset.plug())
    .catch(() => {}); // a browser that cannot say: the button is there
}
