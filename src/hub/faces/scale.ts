import { draw, DrawingFailed } from "#src/base/drawing/drawing.ts";
import type { WantedPicture } from "#src/base/drawing/work.ts";
import { refuse } from "#src/base/refusal.ts";
import { admit } from "../uploads/admit.ts";
import type { CleanPicture } from "../uploads/picture.ts";
import { refuseUpload } from "../uploads/take-in.ts";

/** The decoder takes up to 9 bytes for each: 25 million pixels are 225 MB for two seconds. */
const MOST_PIXELS = 25_000_000;

/** A picture by which somebody or something is to be known; its content says what it is. Refuses everything else. */
export function admittedFace(upload: { bytes: Buffer; name: string }): CleanPicture {
  const admitted = admit(upload.bytes, upload.name);
  if (admitted.kind === "refused") return refuseUpload(admitted.fault);
  // No decoder for WebP runs here.
  if (admitted.kind === "file" || admitted.picture.format === "webp") return refuse("invalid", "hub.face-format");
  const { width, height } = admitted.picture;
  if (width * height > MOST_PIXELS) refuse("invalid", "hub.face-too-many-pixels", { most: MOST_PIXELS / 1_000_000 });
  return admitted.picture;
}

/** A picture in other sizes, as PNG, in the order of the list. Refuses what is a picture only at its beginning. */
export async function scaled(
  { bytes, format, width, height, orientation }: CleanPicture,
  how: { crop: "square" | "padded" | "whole"; wanted: readonly WantedPicture[]; paper?: string },
): Promise<readonly Buffer[]> {
  if (format === "webp") return refuse("invalid", "hub.face-format");
  const picture = { bytes, format, width, height, orientation: orientation ?? 1 };
  try {
    return await draw({ kind: "scale", picture, ...how });
  } catch (error) {
    if (error instanceof DrawingFailed) return refuseUpload("broken");
    throw error;
  }
}
