// The list follows the search as it is written; the form works without this, too.

const PAUSE_MS = 300; // between the last key and the search

const form = document.querySelector(".search");
let timer = 0;
let asked = null;

form.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(find, PAUSE_MS);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(timer);
  find();
});

async function find() {
  if (!form.checkValidity()) return; // half a date
  const filled = [...new FormData(form)].filter(([, value]) => value.trim());
  const query = new URLSearchParams(filled).toString();
  const address = query ? `${form.action}?${query}` : form.action;
  asked?.abort();
  asked = new AbortController();
  let html;
  try {
    const answer = await fetch(address, { signal: asked.signal });
    if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
    html = await answer.text();
  } catch (error) {
    if (error.name !== "AbortError") location.assign(address); // the page itself tells what is wrong
    return;
  }
  const fresh = new DOMParser().parseFromString(html, "text/html");
  const results = document.querySelector("#results");
  // The line that counts stays the same element, so that a screen reader hears it change.
  const count = results.querySelector(".search__count");
  count.textContent = fresh.querySelector(".search__count").textContent;
  const found = [...fresh.querySelector("#results").children].slice(1);
  results.replaceChildren(count, ...found);
  document.querySelector(".search__actions a").hidden = !filled.length;
  history.replaceState(null, "", address);
}
