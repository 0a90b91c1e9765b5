// A drawing wider than the window begins where the flow does; a link opens the flow it leads to.

for (const view of document.querySelectorAll(".chart__scroll")) {
  const closed = view.closest("details.flow");
  if (!closed || closed.open) centre(view);
  else closed.addEventListener("toggle", () => centre(view), { once: true });
}
addEventListener("hashchange", open);
open();

function centre(view) {
  const start = view.querySelector(".box--start, .box--flow");
  if (!start) return;
  const box = start.getBoundingClientRect();
  const middle = box.left + box.width / 2 - view.getBoundingClientRect().left;
  view.scrollLeft = middle - view.clientWidth / 2;
}

function open() {
  const flow = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!flow?.matches("details.flow")) return;
  flow.open = true;
  flow.scrollIntoView();
  flow.querySelector("summary").focus({ preventScroll: true });
}
