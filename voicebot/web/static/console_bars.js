// Her headset, and a bar for each call she talks in: how they stand, and what their buttons do.

import { say, trouble } from "/static/console_lines.js";
import { _ } from "/static/words.js";

const HEADSET = {
  off: _("Casque débranché"),
  connecting: _("Connexion du casque…"),
  ready: _("Casque prêt"),
  elsewhere: _("Casque prêt, dans un autre onglet"),
};

/** Has the page's buttons work; gives what shows how things stand. */
export function bars(page, headset, choose) {
  const deeds = {
    plug: () => (headset.state === "off" ? headset.plug() : headset.unplug()),
    mute: () => headset.mute(!headset.muted),
    hold: (call) => hold(call, !headset.held.includes(call)),
    give_back: (call) => headset.giveBack(call),
    leave: (call) => headset.leave(call),
  };

  function hold(call, on) {
    headset.hold(call, on);
    if (!on) choose(call, false); // she talks about this one now
  }

  function show() {
    const line = page.querySelector(".desk__headset");
    line.dataset.state = headset.state;
    const elsewhere = headset.state === "ready" && !headset.here;
    say(".desk__headset-state", HEADSET[elsewhere ? "elsewhere" : headset.state]);
    const plug = page.querySelector("[data-line=plug]");
    plug.textContent = headset.state === "off" ? _("Brancher") : _("Débrancher");
    for (const bar of page.querySelectorAll(".talkbar")) {
      const { call } = bar.dataset;
      bar.toggleAttribute("data-waits", call !== headset.heard);
      press(bar, "mute", headset.muted);
      press(bar, "hold", headset.held.includes(call));
    }
  }

  page.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-line]");
    if (button) deeds[button.dataset.line](button.closest("[data-call]")?.dataset.call);
    if (target.closest("[data-headset]")) headset.plug();
  });
  headset.addEventListener("state", show);
  headset.addEventListener("trouble", ({ detail }) => trouble(detail));
  return show;
}

function press(bar, name, on) {
  bar.querySelector(`[data-line=${name}]`).setAttribute("aria-pressed", String(on));
}
