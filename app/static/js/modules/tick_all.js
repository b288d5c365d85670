// A long list of boxes: one button ticks or unticks all of them.
export function init(form) {
  const button = form.querySelector("[data-tick-all]");
  if (!button) return;
  const boxes = [...form.querySelectorAll("input[type=checkbox][name=who]")];
  button.hidden = boxes.length < 2;
  button.addEventListener("click", () => {
    const tick = boxes.some((box) => !box.checked);
    for (const box of boxes) box.checked = tick;
  });
}
