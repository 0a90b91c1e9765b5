// The console: its regions follow the server, one call is shown whole, and calls ring.

import { bars } from "/static/console_bars.js";
import { Bell } from "/static/console_bell.js";
import "/static/console_forms.js";
import { Shortcuts } from "/static/console_keys.js";
import { keepDrafts } from "/static/console_drafts.js";
import { notice, say } from "/static/console_lines.js";
import { Plug } from "/static/console_plug.js";
import { follow as followAll } from "/static/console_tabs.js";
import { Talk } from "/static/console_talk.js";
import { _ } from "/static/words.js";

const AT_END_PX = 80; // closer to the end than this, the reader is following it
const LINK = {
  up: "",
  lost: _("Liaison perdue. La console se reconnecte…"),
  refused: _("Liaison perdue : si cela dure, rechargez la page."),
};

const page = document.querySelector(".console");
const find = (selector) => page.querySelector(selector);
const pane = find("#pane");
const bell = new Bell();
const headset = new Plug(find(".sound"));
const show = bars(page, headset, choose);
const title = document.title;
let talk = null;
let focusing = false; // whether the call that is being fetched was asked for by hand
let online = []; // the calls she talks in
const met = new Set(); // what has rung here

// --- What the server tells ---

function take({ whole, regions = {}, cards = {}, order, moved = [], noted = [], missed = [] }) {
  const { chosen } = page.dataset;
  for (const [name, html] of Object.entries(regions)) renew(name, html);
  for (const [call, html] of Object.entries(cards)) line(call, html);
  if (order) arrange(order);
  if (find("#notes") && (whole || noted.includes(chosen))) htmx.trigger("#notes", "noted");
  if (whole || moved.includes(chosen)) talk?.moved();
  settle();
  if (missed.length) notice(missed.at(-1));
}

addEventListener("beforeunload", (event) => {
  if (online.length && headset.here) event.preventDefault(); // leaving would hang up on the caller
});
addEventListener("pagehide", () => headset.close());
addEventListener("pageshow", ({ persisted }) => persisted && location.reload());

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

const lineOf = (call) => document.getElementById(`ongoing-${call}`);

function line(call, html) {
  const known = lineOf(call);
  if (known) Idiomorph.morph(known, html, { morphStyle: "outerHTML" });
  else find("#calls").insertAdjacentHTML("beforeend", html);
}

// What is moved loses the focus: lines that are where they belong stay there.
function arrange(order) {
  const list = find("#calls");
  const focused = document.activeElement;
  for (const gone of list.querySelectorAll("[data-call]")) {
    if (!order.includes(gone.dataset.call)) gone.remove();
  }
  order.forEach((call, place) => {
    const here = list.children[place];
    if (here !== lineOf(call)) list.insertBefore(lineOf(call), here);
  });
  if (list.contains(focused)) focused.focus();
}

function settle() {
  ring();
  talking();
  mark();
  tick();
  show();
}

// --- A call that rings, and the call she talks in ---

function ring() {
  const rings = [...page.querySelectorAll("[data-incoming]")];
  const company = rings[0]?.querySelector("h2").textContent;
  document.title = company ? _("Appel : %(company)s", { company }) : title;
  bell.ring(rings.length > 0);
  const fresh = rings.find((one) => !met.has(one.dataset.incoming));
  if (!fresh) return;
  met.add(fresh.dataset.incoming);
  if (!online.length) choose(fresh.dataset.call, false);
}

function talking() {
  const calls = [...page.querySelectorAll(".talkbar")].map(({ dataset }) => dataset.call);
  const fresh = calls.filter((call) => !online.includes(call));
  if (calls.length === online.length && !fresh.length) return;
  online = calls;
  headset.are(calls);
  if (!fresh.length) return;
  notice("");
  choose(fresh.at(-1), false);
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
  talk?.stop();
  talk = null;
  const shown = pane.querySelector("[data-call]");
  if (!shown) return;
  talk = new Talk(pane, shown.dataset.call);
  const lasted = shown.querySelector("[data-since]");
  talk.addEventListener("ended", () => {
    lasted.dataset.until ||= new Date().toISOString();
  });
  mark();
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
  const { chosen } = page.dataset;
  for (const link of page.querySelectorAll("#calls [data-open]")) {
    const one = link.closest("[data-call]");
    one.classList.toggle("ongoing--chosen", one.dataset.call === chosen);
    if (one.dataset.call === chosen) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  const shown = lineOf(chosen);
  pane.dataset.standing = shown ? shown.dataset.standing : "over";
  const heard = shown?.querySelector(".ongoing__hearing");
  if (talk?.call === chosen) talk.hear(heard?.textContent ?? "");
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

keepDrafts(pane);
follow();
settle();
setInterval(tick, 1000);
followAll(take, (how) => say(".desk__link", LINK[how]));

// Who was available before the page was loaded again still is: her headset comes back with it.
const available = find(".presence__one--available").getAttribute("aria-pressed") === "true";
if (available) {
  navigator.permissions
    ?.query({ name: "microphone" })
    .then(({ state }) => state === "granted" && headset.plug())
    .catch(() => {}); // a browser that cannot say: the button is there
}
