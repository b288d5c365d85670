// Makes the door's pages open without the network, where the browser can: data-worker names the service worker.

export async function init(element) {
  const { worker, scope } = element.dataset;
  if (!navigator.serviceWorker) return; // plain http, or an in-app browser
  await navigator.serviceWorker.register(worker, { scope, updateViaCache: "none" });
  const registration = await navigator.serviceWorker.ready;
  registration.active?.postMessage("opened");
  document.documentElement.dataset.phoneApp = "ready";
  navigator.storage?.persist?.(); // what waits must not be cleared away for space
}
