// The lines of the console that say how things stand: a trouble, a notice, the link.

const SHOWN_MS = 12000; // how long a trouble or a notice stays in view
const timers = new Map();

/** Writes a line, or hides it where there is nothing to say. */
export function say(selector, text) {
  const line = document.querySelector(selector);
  // A live region that is written again is read again.
  if (line.textContent !== text) line.textContent = text;
  line.hidden = !text;
}

/** What went wrong. */
export const trouble = (text) => sayForNow(".desk__trouble", text);

/** What happened without her doing. */
export const notice = (text) => sayForNow(".desk__notice", text);

function sayForNow(selector, text) {
  clearTimeout(timers.get(selector));
  say(selector, text);
  if (text) timers.set(selector, setTimeout(() => say(selector, ""), SHOWN_MS));
}
