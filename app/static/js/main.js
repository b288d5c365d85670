// Loads a behaviour for every element that names one: data-module="copy" runs modules/copy.js.

async function start(element) {
  for (const name of element.dataset.module.split(" ")) {
    const module = await import(`./modules/${name}.js`);
    module.init(element);
  }
}

export function startAll(root) {
  for (const element of root.querySelectorAll("[data-module]")) start(element);
}

startAll(document);
