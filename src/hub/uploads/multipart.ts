import { refuse } from "#src/base/refusal.ts";

/** What stands at the head of a part of a form: the field's name, and of a file what its sender calls it. */
export interface PartHead {
  readonly name: string;
  readonly fileName: string | undefined;
}

/** Takes a part's bytes as they come; `end` is waited for before the next part is read. */
export interface PartTaker {
  take(bytes: Buffer): void;
  end(): Promise<void> | void;
}

const LONGEST_BOUNDARY = 70;
const LONGEST_HEAD = 8 * 1024;
const MOST_PARTS = 100;
const LINE = Buffer.from("\r\n");
const HEAD_END = Buffer.from("\r\n\r\n");

function unreadable(): never {
  return refuse("invalid", "hub.form-unreadable");
}

/** The boundary of a form with files; undefined when a request brings none (RFC 7578, RFC 2046 5.1.1). */
export function boundaryOf(contentType: string | null): string | undefined {
  const found = /^multipart\/form-data\s*;(?:.*;)?\s*boundary=(?:"([^"]+)"|([^\s;"]+))/i.exec(contentType ?? "");
  const boundary = found?.[1] ?? found?.[2];
  return boundary === undefined || boundary.length > LONGEST_BOUNDARY ? undefined : boundary;
}

/** Reads up to given bytes, with no more in memory than a piece as it came. */
class Scanner {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #most: number;
  #kept: Buffer = LINE;
  #read = 0;

  constructor(body: ReadableStream<Uint8Array>, most: number) {
    this.#reader = body.getReader();
    this.#most = most;
  }

  async #more(): Promise<void> {
    const { done, value } = await this.#reader.read();
    if (done) unreadable();
    this.#read += value.byteLength;
    if (this.#read > this.#most)
      refuse("too-large", "hub.form-too-large", { most: Math.round(this.#most / 1024 ** 2) });
    this.#kept = Buffer.concat([this.#kept, value]);
  }

  /** Hands on what stands before the mark and steps over the mark. */
  async until(mark: Buffer, take: (bytes: Buffer) => void): Promise<void> {
    for (;;) {
      const at = this.#kept.indexOf(mark);
      if (at >= 0) {
        if (at > 0) take(this.#kept.subarray(0, at));
        this.#kept = this.#kept.subarray(at + mark.length);
        return;
      }
      // The mark may have begun: as many bytes of it as fit wait for the next piece.
      const sure = Math.max(0, this.#kept.length - mark.length + 1);
      if (sure > 0) take(this.#kept.subarray(0, sure));
      this.#kept = this.#kept.subarray(sure);
      await this.#more();
    }
  }

  async two(): Promise<string> {
    while (this.#kept.length < 2) await this.#more();
    const text = this.#kept.toString("latin1", 0, 2);
    this.#kept = this.#kept.subarray(2);
    return text;
  }

  /** Gives the stream up when something went wrong on the way. */
  async leave(): Promise<void> {
    await this.#reader.cancel().catch(() => undefined);
  }
}

/** Browsers write quotes and line ends in names so (WHATWG HTML, multipart/form-data). */
function unescaped(name: string): string {
  return name.replaceAll("%22", '"').replaceAll("%0D", "\r").replaceAll("%0A", "\n");
}

function headOf(text: string): PartHead {
  const line = text.split("\r\n").find((each) => /^content-disposition\s*:/i.test(each)) ?? "";
  const name = /;\s*name="([^"]*)"/i.exec(line)?.[1];
  const fileName = /;\s*filename="([^"]*)"/i.exec(line)?.[1];
  if (name === undefined) return unreadable();
  return { name: unescaped(name), fileName: fileName === undefined ? undefined : unescaped(fileName) };
}

async function readHead(scanner: Scanner): Promise<PartHead> {
  const pieces: Buffer[] = [];
  let length = 0;
  await scanner.until(HEAD_END, (bytes) => {
    length += bytes.length;
    if (length > LONGEST_HEAD) unreadable();
    pieces.push(Buffer.from(bytes));
  });
  return headOf(Buffer.concat(pieces).toString("utf8"));
}

/** A form with files as it is read. `most` is how many bytes of it are read at all. */
export interface MultipartForm {
  readonly body: ReadableStream<Uint8Array>;
  readonly boundary: string;
  readonly most: number;
}

/**
 * Reads a form with files part by part, each handed on as it comes, so that nothing is held here. Refuses what is cut short,
 * breaks the rules, or is longer than `most`.
 */
export async function readMultipart(form: MultipartForm, open: (head: PartHead) => PartTaker): Promise<void> {
  const scanner = new Scanner(form.body, form.most);
  const mark = Buffer.from(`\r\n--${form.boundary}`, "latin1");
  try {
    await scanner.until(mark, () => undefined);
    for (let parts = 0; (await scanner.two()) === "\r\n"; parts += 1) {
      if (parts >= MOST_PARTS) unreadable();
      const taker = open(await readHead(scanner));
      await scanner.until(mark, (bytes) => taker.take(bytes));
      await taker.end();
    }
  } catch (error) {
    await scanner.leave();
    throw error;
  }
}
