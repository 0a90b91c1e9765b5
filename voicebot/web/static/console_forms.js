// What is sent by the console's forms, and what is said when it is refused.

import { trouble } from "/static/console_lines.js";
import { _ } from "/static/words.js";

const SIGN_IN = _("Votre session a expiré : rechargez la page.");
const REFUSALS = { 401: SIGN_IN, 403: SIGN_IN, 404: _("Cet appel est terminé.") };

htmx.on("htmx:configRequest", ({ detail }) => {
  const csrf = document.querySelector("meta[name=csrf]");
  if (csrf) detail.headers["X-CSRF-Token"] = csrf.content;
});
htmx.on("htmx:sendError", () => trouble(_("Le serveur ne répond pas.")));
htmx.on("htmx:responseError", ({ detail }) => trouble(refusal(detail.xhr)));
htmx.on("htmx:afterRequest", ({ detail }) => {
  if (!detail.successful) return;
  trouble("");
  if (detail.elt.matches("form[data-once]")) detail.elt.reset();
});

function refusal(xhr) {
  const ours = xhr.status === 409 && xhr.getResponseHeader("Content-Type") === "application/json";
  if (ours) return JSON.parse(xhr.responseText).error;
  return REFUSALS[xhr.status] ?? _("Cela n'a pas pu être fait.");
}
