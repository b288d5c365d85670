// Loads a behaviour for every element that names one: data-module="copy" runs modules/copy.js.

async function start(element) {
  for (const name of element.dataset.module.split(" ")) {
    const module = await import(`./modules/${name}.js`);
    module.init(element);
  }
}

export function startAll(root) {
  letKeysScroll(root);
  return Promise.allSettled([...root.querySelectorAll("[data-module]")].map(start));
}

// A table wider than the screen scrolls by arrow keys only when it can have the focus.
function letKeysScroll(root) {
  for (const box of root.querySelectorAll(".table-scroll")) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  }
}

// A second tap while the first is under way would send the form twice.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sentAt && Date.now() - form.dataset.sentAt < 5000) event.preventDefault();
  else form.dataset.sentAt = Date.now();
});
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sentAt;
});

window.addEventListener("resize", () => letKeysScroll(document));

// On a phone the sections of an event are a row that scrolls: the one in view is shown.
for (const current of document.querySelectorAll(".event-nav [aria-current], .views [aria-current]")) {
  current.scrollIntoView({ inline: "center", block: "nearest" });
}

// Before this mark a key or a tap may meet a page whose behaviours are still on their way.
startAll(document).then(() => document.documentElement.setAttribute("data-started", ""));
