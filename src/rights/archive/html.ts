import { encoded } from "#src/base/encoded.ts";
import type { Locale } from "#src/base/locale.ts";
import { m } from "#words";
import type { ArchiveHeading } from "./json.ts";
import type { ArchivePart } from "./read.ts";

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;color:#222}
h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2.5rem}article{border-top:1px solid #ddd;padding:.6rem 0}
small{color:#666}p{margin:.2rem 0;white-space:pre-wrap;overflow-wrap:anywhere}
dt{color:#666}dd{margin:0 0 .4rem}pre{overflow-x:auto;background:#f5f5f2;padding:.8rem;font-size:13px}`;

type Said = { locale: Locale };

interface Told {
  readonly sentAt: string;
  readonly about: string;
  readonly lines: readonly string[];
}

function message({ sentAt, about, lines }: Told): string {
  const told = lines.filter((line) => line !== "").map((line) => `<p>${encoded(line)}</p>`);
  return `<article><small>${encoded(sentAt.replace("T", " ").slice(0, 16))} UTC · ${encoded(about)}</small>${told.join("")}</article>\n`;
}

function written(part: ArchivePart, said: Said): string {
  switch (part.kind) {
    case "members":
      return part.members
        .map(({ name, accounts }) => {
          const rows = accounts.map(({ platform, externalId, username, name: called }) =>
            encoded(
              [platform, called, username === null ? "" : `@${username}`, externalId].filter(Boolean).join(" · "),
            ),
          );
          return `<dl><dt>${m.rights_archive_name({}, said)}</dt><dd>${encoded(name)}</dd><dt>${m.rights_archive_accounts({}, said)}</dt><dd>${rows.join("<br>")}</dd></dl>\n`;
        })
        .join("");
    case "messages":
      return part.messages
        .map(({ sentAt, space, platform, text, links }) =>
          message({ sentAt, about: `${space} (${platform})`, lines: [text, ...links] }),
        )
        .join("");
    case "files":
      return part.files
        .map(
          ({ name, madeAt, content }) =>
            `<p><a download="${encoded(name)}" href="data:application/octet-stream;base64,${content}">${encoded(name)}</a> <small>${encoded(madeAt.slice(0, 10))}</small></p>\n`,
        )
        .join("");
    case "mentions":
      return part.mentions
        .map(({ sentAt, text }) => message({ sentAt, about: m.rights_archive_by_others({}, said), lines: [text] }))
        .join("");
    case "records":
      return part.records
        .map(({ table, rows }) => `<h3>${encoded(table)}</h3><pre>${encoded(JSON.stringify(rows, null, 1))}</pre>\n`)
        .join("");
  }
}

function titleOf(kind: ArchivePart["kind"], said: Said): string {
  switch (kind) {
    case "members":
      return m.rights_archive_person({}, said);
    case "messages":
      return m.rights_archive_messages({}, said);
    case "files":
      return m.rights_archive_files({}, said);
    case "mentions":
      return m.rights_archive_mentions({}, said);
    case "records":
      return m.rights_archive_records({}, said);
  }
}

/** The archive as a page that anybody can read, piece by piece: one file, with nothing loaded from anywhere. */
export async function* archiveHtml(
  parts: AsyncIterable<ArchivePart>,
  heading: ArchiveHeading & Said,
): AsyncGenerator<string> {
  const { locale, community, madeAt } = heading;
  const said = { locale };
  const title = encoded(m.rights_archive_title({ community }, said));
  // One piece: the next one is a person's, so that whoever is not there is refused before a file has begun.
  yield [
    `<!doctype html>\n<html lang="${locale}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">`,
    `<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${title}</title><style>${STYLE}</style><h1>${title}</h1><p><small>${encoded(madeAt)}</small></p>\n`,
  ].join("");
  let open: ArchivePart["kind"] | undefined;
  for await (const part of parts) {
    if (part.kind !== open) yield `<h2>${encoded(titleOf(part.kind, said))}</h2>\n`;
    open = part.kind;
    yield written(part, said);
  }
  yield "</html>\n";
}
