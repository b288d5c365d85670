// Keeps a screen lit while it is looked at: the projector in the hall, the scanner at the door. https only.

export function init() {
  const ask = () => {
    if (!document.hidden) navigator.wakeLock?.request("screen").catch(() => {});
  };
  document.addEventListener("visibilitychange", ask);
  ask();
}
