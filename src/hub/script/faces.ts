import { asPng } from "./as-png.ts";

/** Puts a PNG in the place of what was chosen, unless it is that, or something else was chosen meanwhile. */
function replace(input: HTMLInputElement, { file, png }: { file: File; png: File }): void {
  if (png === file || input.files?.[0] !== file) return;
  const files = new DataTransfer();
  files.items.add(png);
  input.files = files.files;
}

/** Lets a WebP be chosen as a face, which is sent as a PNG. */
export function takeWebp(input: HTMLInputElement): void {
  input.accept += ",.webp";
  input.addEventListener("change", () => {
    const [file] = input.files ?? [];
    if (file !== undefined) void asPng(file).then((png) => replace(input, { file, png }));
  });
}
