import { cleanGif } from "./gif.ts";
import { cleanJpeg } from "./jpeg.ts";
import { BrokenPicture, type CleanPicture, type PictureFormat } from "./picture.ts";
import { cleanPng } from "./png.ts";
import { cleanWebp } from "./webp.ts";

/** A photograph of a good telephone has up to 8 MB; in bytes. */
export const PICTURE_BYTES = 10 * 1024 ** 2;
/** In bytes. */
export const FILE_BYTES = 20 * 1024 ** 2;
/** A reader's browser holds four bytes for each of them. */
const MOST_PIXELS = 40_000_000;
const LONGEST_SIDE = 12_000;
/** What a file may be called, without its ending; the rest of a longer name is cut off. */
const LONGEST_NAME = 100;

/** Why something is not taken in. */
export type UploadFault = "empty" | "too-large" | "too-many-pixels" | "broken" | "type-unknown" | "type-lies";

/** What is taken in: a picture that pages show, or a file that readers save. */
export type Admitted =
  | { readonly kind: "picture"; readonly name: string; readonly picture: CleanPicture }
  | { readonly kind: "file"; readonly name: string; readonly bytes: Buffer };

const cleaners: Readonly<Record<PictureFormat, (bytes: Buffer) => CleanPicture>> = {
  jpeg: cleanJpeg,
  png: cleanPng,
  gif: cleanGif,
  webp: cleanWebp,
};

/** Endings of names by what stands in the file. Offices' documents are zip files. */
const ENDINGS = {
  jpeg: ["jpg", "jpeg"],
  png: ["png"],
  gif: ["gif"],
  webp: ["webp"],
  pdf: ["pdf"],
  zip: ["zip", "docx", "xlsx", "pptx", "odt", "ods", "odp", "epub"],
  text: ["txt", "csv", "md", "log", "json"],
} as const;
type Content = keyof typeof ENDINGS;

/** For fields in which files are chosen: what is worth choosing. */
export const ACCEPTED = Object.values(ENDINGS)
  .flat()
  .map((ending) => `.${ending}`)
  .join(",");

function isText(bytes: Buffer): boolean {
  if (bytes.includes(0)) return false;
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** What a file is by its content; its name and what the sender says of it have no voice. */
function contentOf(bytes: Buffer): Content | undefined {
  const begins = bytes.toString("latin1", 0, 12);
  if (begins.startsWith("\xff\xd8\xff")) return "jpeg";
  if (begins.startsWith("\x89PNG\r\n\x1a\n")) return "png";
  if (/^GIF8[79]a/.test(begins)) return "gif";
  if (/^RIFF[^]{4}WEBP/.test(begins)) return "webp";
  if (begins.startsWith("%PDF-")) return "pdf";
  if (begins.startsWith("PK\x03\x04")) return "zip";
  return isText(bytes) ? "text" : undefined;
}

/** A name that means nothing to any file system or header: no folders, no signs of control or direction. */
function safeName(stem: string, ending: string): string {
  const bare = stem
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\\/:*?"<>|;%\ufffd]+/gu, " ")
    .replaceAll(/\s+/g, " ")
    .replace(/^[\s.]+|[\s.]+$/g, "");
  return `${Array.from(bare).slice(0, LONGEST_NAME).join("") || "file"}.${ending}`;
}

/**
 * Looks at something that a member wants to add to a post: says why it is not taken in, or gives it without anything it
 * tells beside its content. Pictures are made anew from their own pieces; files keep their bytes and are never shown, only saved.
 */
export function admit(
  bytes: Buffer,
  name: string,
): Admitted | { readonly kind: "refused"; readonly fault: UploadFault } {
  const refused = (fault: UploadFault) => ({ kind: "refused", fault }) as const;
  if (bytes.length === 0) return refused("empty");
  if (bytes.length > FILE_BYTES) return refused("too-large");
  const content = contentOf(bytes);
  if (content === undefined) return refused("type-unknown");
  const dot = name.lastIndexOf(".");
  const ending = name.slice(dot + 1).toLowerCase();
  const known: readonly string[] = ENDINGS[content];
  if (dot >= 0 && !known.includes(ending)) return refused("type-lies");
  const called = safeName(dot < 0 ? name : name.slice(0, dot), dot < 0 ? ENDINGS[content][0] : ending);
  if (content === "pdf" || content === "zip" || content === "text") return { kind: "file", name: called, bytes };
  if (bytes.length > PICTURE_BYTES) return refused("too-large");
  try {
    const picture = cleaners[content](bytes);
    const isHuge =
      Math.max(picture.width, picture.height) > LONGEST_SIDE || picture.width * picture.height > MOST_PIXELS;
    return isHuge ? refused("too-many-pixels") : { kind: "picture", name: called, picture };
  } catch (error) {
    if (error instanceof BrokenPicture) return refused("broken");
    throw error;
  }
}

/**
 * The headers under which an upload is given out. Pictures are shown and nothing else; files are saved under their name.
 * Nothing of either can run, whatever it turns out to be, and no other site can take it in.
 */
export function uploadHeaders(
  upload: { kind: "picture"; format: PictureFormat } | { kind: "file"; name: string },
): Record<string, string> {
  const safe = {
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; sandbox",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
  };
  if (upload.kind === "picture")
    return { ...safe, "content-type": `image/${upload.format}`, "content-disposition": "inline" };
  const encoded = encodeURIComponent(upload.name).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return {
    ...safe,
    "content-type": "application/octet-stream",
    "content-disposition": `attachment; filename*=UTF-8''${encoded}`,
  };
}
