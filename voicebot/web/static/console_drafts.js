// What was begun and not sent stays with its call: a call that rings takes the place of the one
// that is looked at, and half a note must not go with it.

const drafts = new Map(); // by call and field

/** Keeps what is written in a pane, and has it there again when the call is back. */
export function keepDrafts(pane) {
  pane.addEventListener("input", ({ target }) => drafts.set(name(target), target.value));
  pane.addEventListener("reset", ({ target }) => {
    for (const field of fields(target)) drafts.delete(name(field));
  });
  pane.addEventListener("htmx:afterSettle", ({ target }) => {
    if (target !== pane) return;
    for (const field of fields(pane)) field.value = drafts.get(name(field)) ?? field.value;
  });
}

const fields = (inside) => inside.querySelectorAll("textarea[id], input[id]");
const name = (field) => `${field.closest("[data-call]")?.dataset.call} ${field.id}`;
