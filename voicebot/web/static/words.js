// What scripts say, in the page's language: written in French, given in others by the page itself.

const given = document.getElementById("words");
const words = given ? JSON.parse(given.textContent) : {};

/** The sentence in the page's language, with its %(name)s put in. */
export function _(text, values = {}) {
  return (words[text] ?? text).replace(/%\((\w+)\)s/g, (whole, name) => values[name] ?? whole);
}
