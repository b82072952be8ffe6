import type { TableContent } from "./chart-table.tsx";

/** Saves a table as CSV with commas, quotes where needed, and a mark that makes Excel read it as UTF-8. */
export function saveCsv(table: TableContent, fileName: string): void {
  save(new Blob(["\uFEFF", csvOf(table)], { type: "text/csv;charset=utf-8" }), `${fileName}.csv`);
}

/** The text of a table as CSV (RFC 4180). A cell that a spreadsheet would run as a formula is written with a quote before it. */
export function csvOf({ columns, rows, raw }: TableContent): string {
  return [columns, ...(raw ?? rows)].map((row) => row.map(csvCell).join(",")).join("\r\n");
}

function csvCell(cell: string | number): string {
  const text = typeof cell === "string" && /^[=+\-@\t]/.test(cell) ? `'${cell}` : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const PICTURE_SCALE = 2;
const PICTURE_MARGIN = 24;
const TITLE_LINE = 28;
const TITLE_GAP = 16;

/** What a browser works out of style sheets and a lone picture would lose. */
const keptStyles = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linecap",
  "stroke-linejoin",
  "stroke-opacity",
  "opacity",
  "font-size",
  "font-weight",
  "font-family",
  "text-anchor",
  "dominant-baseline",
];

/** A sentence in lines that fit; a word that fits no line gets one of its own. */
export function linesOf(text: string, fits: (line: string) => boolean): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const longer = [...lines.slice(-1), word].join(" ");
    if (lines.length > 0 && fits(longer)) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** Saves a chart as PNG in the colours of the theme that is on, with its title above. */
export async function savePng(chart: { svg: Element | undefined; title: string; fileName: string }): Promise<void> {
  const { svg } = chart;
  if (!(svg instanceof SVGSVGElement)) return;
  const { width, height } = svg.getBoundingClientRect();
  const picture = new Image();
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(standAlone(svg, width, height))}`;
  await picture.decode();
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d");
  if (pen === null) return;
  const style = getComputedStyle(document.body);
  const font = `620 20px ${style.fontFamily}`;
  pen.font = font;
  const lines = linesOf(chart.title, (text) => pen.measureText(text).width <= width);
  const head = lines.length * TITLE_LINE + TITLE_GAP;
  // A canvas that changes its size forgets what its pen was set to.
  canvas.width = (width + 2 * PICTURE_MARGIN) * PICTURE_SCALE;
  canvas.height = (height + 2 * PICTURE_MARGIN + head) * PICTURE_SCALE;
  pen.scale(PICTURE_SCALE, PICTURE_SCALE);
  pen.fillStyle = style.backgroundColor;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = style.color;
  pen.font = font;
  for (const [place, line] of lines.entries())
    pen.fillText(line, PICTURE_MARGIN, PICTURE_MARGIN + 20 + place * TITLE_LINE, width);
  pen.drawImage(picture, PICTURE_MARGIN, PICTURE_MARGIN + head, width, height);
  canvas.toBlob((blob) => blob !== null && save(blob, `${chart.fileName}.png`), "image/png");
}

function standAlone(svg: SVGSVGElement, width: number, height: number): string {
  const copy = svg.cloneNode(true);
  if (!(copy instanceof SVGSVGElement)) return "";
  const [from, to] = [svg, copy].map((root) => [root, ...root.querySelectorAll<SVGElement>("*")]);
  from?.forEach((element, place) => {
    const style = getComputedStyle(element);
    const lines = keptStyles.map((name) => `${name}:${style.getPropertyValue(name)}`);
    to?.[place]?.setAttribute("style", lines.join(";"));
  });
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  return new XMLSerializer().serializeToString(copy);
}

function save(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  // What is saved from the sample community says so wherever it is found later.
  link.download = document.querySelector("[data-sample]") === null ? name : `sample-${name}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
