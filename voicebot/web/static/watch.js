// Regions of the page follow what the server sends. A line keeps its element while its key stays,
// so that a screen reader hears what is new, and whoever holds a button does not lose it.

const { watch, always } = document.querySelector("[data-watch]").dataset;
const told = new Map(); // what the server said last of each region
let source = null;

// A browser keeps six connections to one server, all of its tabs together: a page that is not
// looked at gives its own back, and has what it missed as soon as it is. One that tells by its title
// listens always.
function listen() {
  const on = always !== undefined || document.visibilityState === "visible";
  if (on === Boolean(source)) return;
  source?.close();
  source = on ? new EventSource(watch) : null;
  source?.addEventListener("message", ({ data }) => take(JSON.parse(data)));
}

function take(regions) {
  for (const [name, html] of Object.entries(regions)) {
    if (told.get(name) === html) continue; // told again: what was begun in a form stays
    told.set(name, html);
    if (name === "title") document.title = html;
    else renew(document.getElementById(name), html);
  }
}

listen();
addEventListener("visibilitychange", listen);
addEventListener("pagehide", () => source?.close());

function renew(region, html) {
  if (!region) return;
  const fresh = document.createElement("template");
  fresh.innerHTML = html;
  const items = [...fresh.content.children];
  if (!items.length || !items.every((item) => item.dataset.key)) {
    if (region.innerHTML.trim() !== html.trim()) region.replaceChildren(fresh.content);
    return;
  }
  const old = new Map([...region.children].map((item) => [item.dataset.key, item]));
  items.forEach((item, place) => {
    const known = old.get(item.dataset.key);
    old.delete(item.dataset.key);
    if (known && known.outerHTML !== item.outerHTML) known.replaceWith(item);
    const here = known?.isEqualNode(item) ? known : item;
    if (region.children[place] !== here) region.insertBefore(here, region.children[place] ?? null);
  });
  for (const gone of old.values()) gone.remove();
}
