// Copies what stands in an element, or prints the page, where the browser can; without this the
// words can still be selected.

for (const button of document.querySelectorAll("[data-copies]")) {
  if (!navigator.clipboard) continue; // the page came neither by https nor from this machine
  const from = document.querySelector(button.dataset.copies);
  const told = button.parentElement.querySelector("[role=status]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(from.value ?? from.innerText);
    told.textContent = button.dataset.done;
  });
}
for (const button of document.querySelectorAll("[data-prints]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
