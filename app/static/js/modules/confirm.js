// Asks before a form does something that is not easily undone.

export function init(form) {
  form.addEventListener("submit", (event) => {
    if (!window.confirm(form.dataset.ask)) event.preventDefault();
  });
}
