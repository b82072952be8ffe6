import { writeNumber, type Locale } from "#src/base/locale.ts";

/** Shows on a terminal how far a long command is; elsewhere (a pipe, a log, `--json`) it stays silent. */
export interface ProgressBar {
  /** `done` of `total`, both of any unit; `text` is shown after the bar. */
  update(done: number, total: number, text: string): void;
  /** Clears the line, so that the result stands alone. */
  end(): void;
}

const WIDTH = 28;
/** Faster than this a person cannot read, and every write costs. */
const REDRAW_MS = 100;

/** The line for one moment: a bar, the percentage, the text; cut to the width of the terminal. */
export function progressLine(share: number, text: string, columns: number): string {
  const part = Math.min(1, Math.max(0, Number.isFinite(share) ? share : 0));
  const filled = Math.round(part * WIDTH);
  const percent = `${Math.floor(part * 100)}`.padStart(3);
  return `${"█".repeat(filled)}${"░".repeat(WIDTH - filled)} ${percent} %  ${text}`.slice(0, columns);
}

/** A bar on this stream, if a person looks at it. */
export function progressBar(stream: NodeJS.WriteStream = process.stderr): ProgressBar {
  if (!stream.isTTY) return { update: () => undefined, end: () => undefined };
  let drawn = 0;
  return {
    update: (done, total, text) => {
      const now = performance.now();
      if (drawn !== 0 && now - drawn < REDRAW_MS && done < total) return;
      drawn = now;
      stream.write(`\r\u001B[2K${progressLine(done / total, text, stream.columns - 1)}`);
    },
    end: () => {
      if (drawn !== 0) stream.write("\r\u001B[2K");
    },
  };
}

const UNITS: Readonly<Record<Locale, readonly string[]>> = {
  en: ["B", "kB", "MB", "GB", "TB"],
  ru: ["Б", "кБ", "МБ", "ГБ", "ТБ"],
};

/** A number of bytes as people say it: `1.4 MB`. */
export function writeBytes(bytes: number, locale: Locale): string {
  const units = UNITS[locale];
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${writeNumber(bytes / 1000 ** power, locale, { maximumFractionDigits: power < 2 ? 0 : 1 })} ${units[power]}`;
}
