import { isUtf8 } from "node:buffer";

/** How a file's bytes spell its characters. */
export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1251" | "windows-1252";

function share(bytes: Uint8Array, test: (byte: number) => boolean): number {
  let count = 0;
  for (const byte of bytes) if (test(byte)) count++;
  return bytes.length === 0 ? 0 : count / bytes.length;
}

/** Share of high bytes above which an old one-byte text is taken for Russian: in English, French or German they are rare. */
const RUSSIAN_SHARE = 0.2;
/** A file that is UTF-8 but for a few damaged places stays UTF-8. */
const DAMAGE_SHARE = 0.5;

/** Guesses the encoding from the first bytes: byte order marks first, then whether they are UTF-8 at all. */
export function encodingOf(opening: Uint8Array): Encoding {
  if (opening[0] === 0xff && opening[1] === 0xfe) return "utf-16le";
  if (opening[0] === 0xfe && opening[1] === 0xff) return "utf-16be";
  if (isUtf8(opening)) return "utf-8";
  const high = share(opening, (byte) => byte >= 0x80);
  const text = new TextDecoder().decode(opening);
  const damaged = text.length - text.replaceAll("\uFFFD", "").length;
  if (damaged < high * opening.length * DAMAGE_SHARE) return "utf-8";
  return high > RUSSIAN_SHARE ? "windows-1251" : "windows-1252";
}

/** The same text in UTF-8. */
export async function* inUtf8(chunks: AsyncIterable<Buffer>, encoding: Encoding): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of chunks) yield Buffer.from(decoder.decode(chunk, { stream: true }), "utf8");
  const rest = decoder.decode();
  if (rest !== "") yield Buffer.from(rest, "utf8");
}
