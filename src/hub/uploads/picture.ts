/** The formats of pictures that every browser shows and that are taken in. */
export type PictureFormat = "jpeg" | "png" | "gif" | "webp";

/** A picture with nothing in it but the picture. Width and height in pixels, as a browser shows it. */
export interface CleanPicture {
  readonly format: PictureFormat;
  readonly width: number;
  readonly height: number;
  readonly bytes: Buffer;
  /** Of a JPEG that does not lie as it is shown: 2 to 8 by the Exif standard, 4.6.4 A. */
  readonly orientation?: number;
}

/** The file breaks the rules of its format: it is cut short, or is something else under a picture's first bytes. */
export class BrokenPicture extends Error {
  constructor() {
    super("not a whole picture of its format");
    this.name = "BrokenPicture";
  }
}

/** Walks through a file piece by piece; whatever reaches beyond its end makes it a broken picture. */
export class PictureReader {
  readonly #bytes: Buffer;
  at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get left(): number {
    return this.#bytes.length - this.at;
  }

  /** The next bytes, which are stepped over. */
  take(length: number): Buffer {
    if (length < 0 || length > this.left) throw new BrokenPicture();
    this.at += length;
    return this.#bytes.subarray(this.at - length, this.at);
  }

  byte(): number {
    return this.take(1).readUInt8();
  }

  /** The bytes from a place that was passed up to here. */
  since(start: number): Buffer {
    return this.#bytes.subarray(start, this.at);
  }

  /** Everything up to the end. */
  rest(): Buffer {
    return this.take(this.left);
  }
}
