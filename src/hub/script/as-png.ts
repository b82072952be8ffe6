/** Faces and logos are shown far smaller; in pixels. */
const LONGEST = 1024;

/**
 * A picture that this browser can draw as a PNG, at most 1024 on a side: the server reads no WebP. Anything else, and what is
 * broken, comes back as it is: whoever takes it in says what is wrong with it.
 */
export async function asPng(file: File): Promise<File> {
  // Some systems tell no kind of it.
  if (file.type !== "image/webp" && !/\.webp$/i.test(file.name)) return file;
  const picture = await createImageBitmap(file).catch(() => undefined);
  if (picture === undefined) return file;
  const factor = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * factor));
  canvas.height = Math.max(1, Math.round(picture.height * factor));
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const drawn = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
  return drawn === null ? file : new File([drawn], file.name.replace(/\.webp$/i, "") + ".png", { type: "image/png" });
}
