// The camera as a stream of texts read from QR codes. One frame is in work at a time.

const WIDTH = 960; // wide enough for a badge at arm's length, small enough for an old phone

// Why the camera cannot be used here, as a word the page has a sentence for; "" when it can.
export function obstacle() {
  if (!window.isSecureContext) return "insecure";
  if (!navigator.mediaDevices?.getUserMedia) return "unsupported";
  return "";
}

export async function startCamera(video, { onText, onProblem }) {
  const reason = obstacle();
  if (reason) return onProblem(reason);
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({
      audio: false,
      video: { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } },
    });
  } catch (problem) {
    return onProblem(problem.name === "NotAllowedError" ? "denied" : "missing");
  }
  video.srcObject = stream;
  await video.play();
  const reader = new Worker(new URL("./workers/qr_reader.js", import.meta.url));
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });

  const next = () => {
    if (!stream.active) return;
    if (document.hidden || !video.videoWidth) return setTimeout(next, 200);
    canvas.width = Math.min(WIDTH, video.videoWidth);
    canvas.height = Math.round((video.videoHeight * canvas.width) / video.videoWidth);
    context.drawImage(video, 0, 0, canvas.width, canvas.height);
    const frame = context.getImageData(0, 0, canvas.width, canvas.height);
    reader.postMessage(frame, [frame.data.buffer]);
  };
  reader.onerror = () => onProblem("reader");
  reader.onmessage = ({ data }) => {
    if (data.problem) onProblem("reader");
    else if (data.text) onText(data.text);
    setTimeout(next, 60);
  };
  next();

  return {
    stop() {
      for (const track of stream.getTracks()) track.stop();
      reader.terminate();
    },
    // The torch, where the phone has one.
    async torch(on) {
      const [track] = stream.getVideoTracks();
      if (!track.getCapabilities?.().torch) return false;
      await track.applyConstraints({ advanced: [{ torch: on }] });
      return true;
    },
  };
}
