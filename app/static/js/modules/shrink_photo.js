// A photograph is made small before it leaves the telephone: a hall's network carries 200 kB, not 8 MB.
// Where the browser cannot, the picture goes as it is and the server shrinks it.

const LONGEST_SIDE = 1600;
const QUALITY = 0.78;

export function init(input) {
  input.addEventListener("change", async () => {
    const [file] = input.files;
    if (!file || file.size < 400_000) return;
    const small = await shrunk(file).catch(() => null);
    if (!small || small.size >= file.size || input.files[0] !== file) return;
    const held = new DataTransfer();
    held.items.add(new File([small], "photo.jpg", { type: "image/jpeg" }));
    input.files = held.files;
  });
}

async function shrunk(file) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
}
