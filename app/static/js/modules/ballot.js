// A ballot while it is filled in: dots that are left, and one item for each place. The server checks it all again.

export function init(form) {
  const { method, dots, wordLeft } = form.dataset;
  const left = form.querySelector("[data-left]");
  const chosen = () => [...form.querySelectorAll("input[type=radio]:checked")];

  function paintDots() {
    const used = chosen().reduce((sum, input) => sum + Number(input.value), 0);
    const free = Number(dots) - used;
    left.hidden = false;
    left.textContent = wordLeft.replace("{left}", free);
    left.classList.toggle("chip-danger", free < 0);
    for (const input of form.querySelectorAll("input[type=radio]")) {
      const own = form.querySelector(`input[name="${CSS.escape(input.name)}"]:checked`);
      input.disabled = !input.checked && Number(input.value) > free + Number(own?.value ?? 0);
    }
  }

  // A place given twice moves to where it was tapped last.
  function keepPlaces(event) {
    if (!event?.target.value) return;
    for (const input of chosen()) {
      if (input !== event.target && input.value === event.target.value) form.querySelector(`input[name="${CSS.escape(input.name)}"][value=""]`).checked = true;
    }
  }

  if (method === "dots") {
    form.addEventListener("change", paintDots);
    paintDots();
  } else if (method === "top3") {
    form.addEventListener("change", keepPlaces);
  }
}
