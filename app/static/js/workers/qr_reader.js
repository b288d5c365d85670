// Reads QR codes away from the page's thread. A classic worker: the reader's one-file build needs no imports map.
/* global ZXingWASM, importScripts */

importScripts("../../vendor/zxing/reader.js");

ZXingWASM.prepareZXingModule({
  overrides: { locateFile: () => new URL("../../vendor/zxing/zxing_reader.wasm", self.location.href).href },
});

const OPTIONS = { formats: ["QRCode"], tryHarder: true, tryRotate: true, tryInvert: true, maxNumberOfSymbols: 1 };

self.onmessage = async ({ data: frame }) => {
  try {
    const found = await ZXingWASM.readBarcodes(frame, OPTIONS);
    self.postMessage({ text: found.find((code) => code.isValid)?.text ?? "" });
  } catch (problem) {
    self.postMessage({ problem: String(problem) });
  }
};
