import { z } from "zod";
import { encoded } from "../encoded.ts";
import { locales } from "../locale.ts";

/**
 * A letter to one person, in the words of its feature and the language of whoever will read it. All of it is plain text:
 * it is encoded when it is written, so a name may hold anything.
 */
export const letterSchema = z.object({
  to: z.string(),
  locale: z.enum(locales),
  subject: z.string(),
  paragraphs: z.array(z.string()),
  /** Names with figures, one under another, below the paragraphs. */
  rows: z.array(z.object({ label: z.string(), value: z.string() })).optional(),
  /** The one thing to do. */
  button: z.object({ label: z.string(), url: z.string() }).optional(),
  /** Small print: why this letter came, and what to do if it was not meant. */
  footnote: z.string().optional(),
  /**
   * Where a mail program's own "unsubscribe" leads, for letters that come again: a page to read, which stops them when it
   * gets the form `List-Unsubscribe=One-Click` (RFC 8058).
   */
  unsubscribe: z.string().optional(),
});
export type Letter = z.infer<typeof letterSchema>;

function textOf({ paragraphs, rows = [], button, footnote }: Letter): string {
  return [
    ...paragraphs,
    ...(rows.length === 0 ? [] : [rows.map(({ label, value }) => `${label}: ${value}`).join("\n")]),
    ...(button === undefined ? [] : [`${button.label}:\n${button.url}`]),
    ...(footnote === undefined ? [] : [`--\n${footnote}`]),
  ].join("\n\n");
}

// Mail programs know neither style sheets nor dark themes reliably: few rules, written at each element.
const FONT = "font:16px/24px -apple-system,'Segoe UI',Roboto,Arial,sans-serif;color:#1f1b16";
const CELL = "padding:6px 0;border-bottom:1px solid #e4ded6";
const BUTTON =
  "display:inline-block;padding:10px 18px;border-radius:8px;background:#2457a6;color:#ffffff;text-decoration:none";

function tableOf(rows: Letter["rows"] = []): string[] {
  if (rows.length === 0) return [];
  const lines = rows.map(
    ({ label, value }) =>
      `<tr><td style="${CELL}">${encoded(label)}</td>` +
      `<td style="${CELL};text-align:right"><b>${encoded(value)}</b></td></tr>`,
  );
  return [`<table style="width:100%;border-collapse:collapse;margin:0 0 24px">${lines.join("")}</table>`];
}

function htmlOf({ locale, subject, paragraphs, rows, button, footnote }: Letter): string {
  const parts = [
    ...paragraphs.map((text) => `<p style="margin:0 0 16px">${encoded(text).replaceAll("\n", "<br>")}</p>`),
    ...tableOf(rows),
    ...(button === undefined
      ? []
      : [
          `<p style="margin:24px 0"><a href="${encoded(button.url)}" style="${BUTTON}">${encoded(button.label)}</a></p>`,
        ]),
    ...(footnote === undefined
      ? []
      : [`<p style="margin:32px 0 0;font-size:13px;line-height:20px;color:#6b6259">${encoded(footnote)}</p>`]),
  ];
  return [
    `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><title>${encoded(subject)}</title></head>`,
    `<body style="margin:0;padding:32px 16px;background:#faf8f5;${FONT}">`,
    `<div style="max-width:560px;margin:0 auto">${parts.join("")}</div></body></html>`,
  ].join("");
}

/** The letter as mail programs show it, once without any marks and once with few. */
export function writeLetter(letter: Letter): { text: string; html: string } {
  return { text: textOf(letter), html: htmlOf(letter) };
}
