// Sound and vibration beside the colour and the words; silent until the first tap, as browsers demand.

const TONES = { accepted: [880], already: [520, 520], refused: [220, 180], pending_review: [520, 440] };
const BUZZ = { accepted: [80], already: [60, 60, 60], refused: [300], pending_review: [120, 60, 120] };
let audio = null;

// Call once; iOS counts the end of a tap, not its beginning.
export function unlockSoundAtFirstTap() {
  const Audio = window.AudioContext ?? window.webkitAudioContext;
  if (!Audio) return;
  const unlock = () => {
    audio ??= new Audio();
    audio.resume?.();
  };
  for (const sign of ["click", "touchend", "keydown"]) document.addEventListener(sign, unlock, { once: true });
}

export function signal(outcome) {
  navigator.vibrate?.(BUZZ[outcome] ?? []);
  if (audio?.state !== "running") return;
  (TONES[outcome] ?? []).forEach((hertz, place) => {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    const start = audio.currentTime + place * 0.16;
    tone.frequency.value = hertz;
    volume.gain.setValueAtTime(0.15, start);
    volume.gain.exponentialRampToValueAtTime(0.001, start + 0.14);
    tone.connect(volume).connect(audio.destination);
    tone.start(start);
    tone.stop(start + 0.15);
  });
}
