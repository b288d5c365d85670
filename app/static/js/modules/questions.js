// Questions that hang on an answer are shown when it is given. The server decides again; this only tidies the page.

export function init(root) {
  const hanging = [...root.querySelectorAll("[data-shown-if]")];
  for (const block of hanging) block.querySelector("[data-condition]").hidden = true;
  const decide = () => {
    for (const block of hanging) {
      const wanted = JSON.parse(block.dataset.shownValues);
      block.hidden = !answers(root, block.dataset.shownIf).some((value) => wanted.includes(value));
    }
  };
  root.addEventListener("change", decide);
  decide();
}

// What is chosen in a question; nothing while it is hidden itself, so that whole chains close.
function answers(root, name) {
  const fields = [...root.querySelectorAll(`[name="${CSS.escape(name)}"]`)].filter((field) => !field.closest("[hidden]"));
  return fields.filter((field) => !["radio", "checkbox"].includes(field.type) || field.checked).map((field) => field.value);
}
