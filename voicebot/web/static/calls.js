// A filter chosen from a list is applied at once.

const filters = document.querySelector(".filters");
for (const select of filters.querySelectorAll("select")) {
  select.addEventListener("change", () => filters.requestSubmit());
}
