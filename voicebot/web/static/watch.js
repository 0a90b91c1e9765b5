// Regions of the page follow what the server sends. A line keeps its element while its key stays,
// so that a screen reader hears what is new, and whoever holds a button does not lose it.

const source = new EventSource(document.querySelector("[data-watch]").dataset.watch);

source.addEventListener("message", (event) => {
  for (const [name, html] of Object.entries(JSON.parse(event.data))) {
    if (name === "title") document.title = html;
    else renew(document.getElementById(name), html);
  }
});
addEventListener("pagehide", () => source.close());

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
