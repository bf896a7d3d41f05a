// A button that copies a text. Without script it stays hidden: the text is on the page.
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    const word = button.querySelector("span");
    const before = word.textContent;
    word.textContent = button.dataset.copied;
    button.setAttribute("aria-live", "polite");
    setTimeout(() => (word.textContent = before), 3000);
  });
}
