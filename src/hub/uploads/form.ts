import { Refusal, refuse } from "#src/base/refusal.ts";
import type { HubFile } from "../store/files.ts";
import { FILE_BYTES } from "./admit.ts";
import { boundaryOf, type PartTaker, readMultipart } from "./multipart.ts";
import { refuseUpload } from "./take-in.ts";

/** Files that one form brings; whoever has more sends another one. */
export const MOST_FILES = 4;
/** Everything typed into one form, in bytes: several times the longest post. */
const TYPED_BYTES = 512 * 1024;
/** What is read of a form at all. A file that is too large is read away, so that the text beside it is not lost. */
const READ_BYTES = 160 * 1024 ** 2;
/** Forms whose files this process holds in memory at once, each one file at a time: with the largest ones 80 MB. */
const MOST_AT_ONCE = 4;

/** A file that was not taken in, by the name its sender gave it. */
export interface LeftOut {
  readonly name: string;
  /** A `Refusal`; anything else is a bug. */
  readonly error: unknown;
}

/** A form that was sent. */
export interface SentForm {
  /** A field as text; empty when it is missing. Browsers send line ends as CR LF. */
  readonly typed: (name: string) => string;
  /** Every value that was ticked under a name. */
  readonly ticked: (name: string) => readonly string[];
  readonly files: readonly HubFile[];
  readonly leftOut: readonly LeftOut[];
}

/** Takes the files of a form in. */
export interface FileTaking {
  /** Whose form it is: of everybody, one form with files is read at a time. */
  readonly who: string;
  readonly takeIn: (upload: { bytes: Buffer; name: string }) => Promise<HubFile>;
}

/** Who is being read just now. */
const reading = new Set<string>();

/** Keeps what comes, up to `most` bytes; what is longer is let go as it comes. */
function openBasket(most: number) {
  let pieces: Buffer[] = [];
  let length = 0;
  return {
    put: (bytes: Buffer): void => {
      length += bytes.length;
      if (length > most) pieces = [];
      else pieces.push(Buffer.from(bytes));
    },
    length: () => length,
    isFull: () => length > most,
    whole: () => Buffer.concat(pieces),
  };
}

function openFiles(taking: FileTaking | undefined, isBusy: boolean) {
  const files: HubFile[] = [];
  const leftOut: LeftOut[] = [];
  const reasonNow = (): Refusal | undefined => {
    if (isBusy) return new Refusal("too-many", "hub.upload-busy");
    const isMany = files.length + leftOut.length >= MOST_FILES;
    return isMany ? new Refusal("invalid", "hub.upload-too-many", { most: MOST_FILES }) : undefined;
  };
  const open = (name: string): PartTaker => {
    const reason = reasonNow();
    const basket = openBasket(reason === undefined && taking !== undefined ? FILE_BYTES : 0);
    const keep = async (): Promise<void> => {
      if (reason !== undefined) throw reason;
      if (basket.isFull()) refuseUpload("too-large");
      if (taking !== undefined) files.push(await taking.takeIn({ bytes: basket.whole(), name }));
    };
    return {
      take: basket.put,
      end: async () => {
        // An untouched field of files comes as one without name and bytes. Where no files are wanted, none are missed.
        if (taking === undefined || (name === "" && basket.length() === 0)) return;
        await keep().catch((error: unknown) => leftOut.push({ name, error }));
      },
    };
  };
  return { files, leftOut, open };
}

function openFields() {
  const values = new Map<string, string[]>();
  let bytes = 0;
  const open = (name: string): PartTaker => {
    const pieces: Buffer[] = [];
    return {
      take: (piece) => {
        bytes += piece.length;
        if (bytes > TYPED_BYTES) refuse("too-large", "request.too-large", { limit: TYPED_BYTES });
        pieces.push(Buffer.from(piece));
      },
      end: () => void values.set(name, [...(values.get(name) ?? []), Buffer.concat(pieces).toString("utf8")]),
    };
  };
  return { values, open };
}

/** Whether a request brings a form that may hold files: its bytes are counted here, and by nobody before. */
export function isWithFiles(request: Request): boolean {
  return /^multipart\/form-data\b/i.test(request.headers.get("content-type") ?? "");
}

const typedAs = (text: string): string => text.replaceAll("\r\n", "\n");

async function plainForm(request: Request): Promise<SentForm> {
  const form = await request.formData();
  const typed = (name: string): string => {
    const value = form.get(name);
    return typeof value === "string" ? typedAs(value) : "";
  };
  const ticked = (name: string): string[] => form.getAll(name).filter((value) => typeof value === "string");
  return { typed, ticked, files: [], leftOut: [] };
}

/**
 * Reads a form. Its files are taken in one after the other as they come, and what is wrong with one is told beside the
 * rest: neither the others nor what was typed is lost. Without `taking` files are passed over.
 */
export async function readForm(request: Request, taking: FileTaking | undefined): Promise<SentForm> {
  if (!isWithFiles(request)) return plainForm(request);
  const boundary = boundaryOf(request.headers.get("content-type"));
  if (boundary === undefined || request.body === null) return refuse("invalid", "hub.form-unreadable");
  const who = taking?.who ?? "";
  const isBusy = reading.has(who) || reading.size >= MOST_AT_ONCE;
  const { files, leftOut, open } = openFiles(taking, isBusy);
  const fields = openFields();
  const isHolding = taking !== undefined && !isBusy;
  if (isHolding) reading.add(who);
  try {
    await readMultipart({ body: request.body, boundary, most: READ_BYTES }, ({ name, fileName }) =>
      fileName === undefined ? fields.open(name) : open(fileName),
    );
  } finally {
    if (isHolding) reading.delete(who);
  }
  const ticked = (name: string): readonly string[] => fields.values.get(name) ?? [];
  return { typed: (name) => typedAs(ticked(name)[0] ?? ""), ticked, files, leftOut };
}
