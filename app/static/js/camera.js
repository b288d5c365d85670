// The camera as a stream of texts read from QR codes. One frame is in work at a time.

const WIDTH = 960; // wide enough for a badge at arm's length, small enough for an old phone
const PAUSE = 60;

// Why the camera cannot be used here, as a word the page has a sentence for; "" when it can.
export function obstacle() {
  if (!window.isSecureContext) return "insecure";
  if (!navigator.mediaDevices?.getUserMedia) return "unsupported";
  return "";
}

// Resolves to { stop, torch } or, after telling `onProblem` why, to null.
export async function startCamera(video, { onText, onProblem }) {
  const reason = obstacle();
  const stream = reason ? null : await openStream().catch((problem) => name(problem));
  if (!(stream instanceof MediaStream)) {
    onProblem(reason || stream);
    return null;
  }
  video.srcObject = stream;
  await video.play().catch(() => {}); // a phone that saves power starts it at the first tap
  const [track] = stream.getVideoTracks();
  const reader = readFrames(video, track, { onText, onProblem });
  track.addEventListener("ended", () => onProblem("ended"));
  return {
    stop() {
      track.stop();
      reader.terminate();
      video.srcObject = null;
    },
    hasTorch: Boolean(track.getCapabilities?.().torch),
    torch: (on) => track.applyConstraints({ advanced: [{ torch: on }] }),
  };
}

const openStream = () =>
  navigator.mediaDevices.getUserMedia({
    audio: false,
    video: { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } },
  });

const name = (problem) => ({ NotAllowedError: "denied", NotReadableError: "busy" })[problem.name] ?? "missing";

function readFrames(video, track, { onText, onProblem }) {
  const reader = new Worker(new URL("./workers/qr_reader.js", import.meta.url));
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const next = () => {
    if (track.readyState === "ended") return;
    if (document.hidden || !video.videoWidth) {
      setTimeout(next, 200);
      return;
    }
    canvas.width = Math.min(WIDTH, video.videoWidth);
    canvas.height = Math.round((video.videoHeight * canvas.width) / video.videoWidth);
    context.drawImage(video, 0, 0, canvas.width, canvas.height);
    const frame = context.getImageData(0, 0, canvas.width, canvas.height);
    reader.postMessage(frame, [frame.data.buffer]);
  };
  reader.onerror = () => onProblem("reader");
  reader.onmessage = ({ data }) => {
    if (data.problem) {
      onProblem("reader");
      return;
    }
    if (data.text) onText(data.text);
    setTimeout(next, PAUSE);
  };
  next();
  return reader;
}
