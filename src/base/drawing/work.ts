/** A picture to be made smaller: its bytes, its size as a browser shows it, and which way up its bytes lie. */
export interface SourcePicture {
  readonly bytes: Uint8Array;
  readonly format: "jpeg" | "png" | "gif";
  readonly width: number;
  readonly height: number;
  /** 1 to 8 by the Exif standard, 4.6.4 A; 1 lies as it is shown. */
  readonly orientation: number;
}

/** What is made of a picture. Sizes in pixels. */
export interface WantedPicture {
  readonly width: number;
  readonly height: number;
}

/** Everything that is drawn, always as PNG. */
export type DrawingWork =
  | {
      readonly kind: "scale";
      readonly picture: SourcePicture;
      /** The middle as a square, all of it in a square with room at two sides, or all of it as it is. */
      readonly crop: "square" | "padded" | "whole";
      readonly wanted: readonly WantedPicture[];
      /** What lies behind it, as `#rrggbb`; without it what is clear stays clear. */
      readonly paper?: string;
    }
  | {
      readonly kind: "svg";
      readonly svg: string;
      /** Subsets of Inter that its text takes, by their names in the font's package. */
      readonly fonts: readonly string[];
    };

/** What the thread answers: a picture for each one wanted; none when what it was given cannot be read as a picture. */
export type DrawingAnswer = readonly Uint8Array[];
