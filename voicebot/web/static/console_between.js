// What the tabs of one operator have between them: a channel, and locks that one tab has at a time.
// A browser without these, or a page without https, has each tab do for itself.

// Whoever signs in on this browser next, or reads another language, has nothing of it.
const place = () => {
  const { desk } = document.querySelector(".console").dataset;
  return `console-${desk}-${document.documentElement.lang}`;
};

/** Sends to her other tabs, and hears from them. */
export function channel(name) {
  const open = "locks" in navigator ? new BroadcastChannel(`${place()}-${name}`) : null;
  return {
    send: (message) => open?.postMessage(message),
    on: (take) => open?.addEventListener("message", ({ data }) => take(data)),
  };
}

/** Has this tab do something once it is the first of her tabs to want it; the lock is its own until
 *  it gives it back by what this returns, is left, closed, or dies. */
export function first(name, begin) {
  if (!("locks" in navigator)) {
    begin();
    return () => {};
  }
  const waiting = new AbortController();
  let release = () => waiting.abort();
  const held = () => {
    begin();
    return new Promise((done) => (release = done));
  };
  navigator.locks.request(`${place()}-${name}`, { signal: waiting.signal }, held).catch((error) => {
    if (error.name !== "AbortError") throw error; // it waits no longer
  });
  const giveBack = () => {
    removeEventListener("pagehide", giveBack);
    release();
  };
  // A page that the browser keeps, for who comes back to it, keeps no other tab waiting.
  addEventListener("pagehide", giveBack);
  return giveBack;
}
