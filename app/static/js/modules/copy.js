// Copies a text to the clipboard; where that is not allowed the text is selected, ready for a long press.

export function init(element) {
  const text = element.querySelector("textarea, input");
  const button = element.querySelector("[data-copy]");
  const status = element.querySelector("[data-copied]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    text.select();
    try {
      await navigator.clipboard.writeText(text.value);
    } catch {
      document.execCommand("copy");
    }
    status.textContent = status.dataset.copied;
  });
}
