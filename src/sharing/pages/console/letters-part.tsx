import { Alert, Button } from "@mantine/core";
import { IconMail, IconMailOff, IconPlus } from "@tabler/icons-react";
import { m } from "#words";
import { useQuery } from "#src/web/kit/address.ts";
import { formatMoment, type Reader } from "#src/web/kit/format.ts";
import { type Column, ListTable } from "#src/web/kit/list-table.tsx";
import { SectionHeader } from "#src/web/kit/page-header.tsx";
import { Part } from "#src/web/kit/part.tsx";
import { useReader } from "#src/web/kit/reader.ts";
import { EmptyState } from "#src/web/kit/states.tsx";
import { Tag } from "#src/web/kit/tag.tsx";
import type { LetterReader } from "../../model.ts";
import { LetterActions } from "./letter-actions.tsx";
import { LetterForm } from "./letter-form.tsx";
import { rhythmText } from "./rhythm-text.ts";
import type { ShownLetter } from "./sharing.tsx";
import classes from "./sharing.module.css";

/** Letters with the figures of each week or month: when they come, to whom, and what became of the last ones. */
export function LettersPart({ letters, mail }: { letters: readonly ShownLetter[]; mail: boolean }) {
  const reader = useReader();
  const { read, change } = useQuery();
  const wanted = read("new");
  const changed = letters.find(({ id }) => id === wanted);
  const make = (
    <Button
      variant={letters.length === 0 ? "filled" : "default"}
      leftSection={<IconPlus size={18} stroke={1.7} aria-hidden />}
      onClick={() => change({ new: "letter" })}
    >
      {m.sharing_page_letter_new()}
    </Button>
  );
  return (
    <Part>
      <SectionHeader title={m.sharing_page_letters()} aside={letters.length > 0 && mail ? make : undefined} />
      {!mail && <NoMail />}
      <ListTable
        label={m.sharing_page_letters()}
        columns={columnsFor(reader, mail)}
        rows={letters}
        rowKey={(letter) => letter.id}
        empty={mail ? <NoLetters action={make} /> : null}
      />
      {(wanted === "letter" || changed !== undefined) && (
        <LetterForm key={wanted} letter={changed} onClose={() => change({ new: undefined }, { replace: true })} />
      )}
    </Part>
  );
}

function NoLetters({ action }: { action: React.ReactNode }) {
  return (
    <EmptyState
      icon={<IconMail size={24} stroke={1.6} aria-hidden />}
      title={m.sharing_page_letters_empty()}
      text={m.sharing_page_letters_empty_text()}
      action={action}
    />
  );
}

/** What has to be set before letters can go out, as it is written where Veche is started. */
const SETTINGS = "VECHE_SMTP_URL=smtp://user:password@mail.example:587\nVECHE_MAIL_FROM='Camp <team@camp.example>'";

function NoMail() {
  return (
    <Alert
      color="warning"
      variant="light"
      icon={<IconMailOff size={20} stroke={1.7} aria-hidden />}
      title={m.sharing_page_no_mail()}
      mb="md"
      styles={{ body: { minWidth: 0 } }}
    >
      <p className={classes["what"]}>{m.sharing_page_no_mail_text({ command: "./veche doctor" })}</p>
      <pre className={classes["settings"]}>{SETTINGS}</pre>
    </Alert>
  );
}

function columnsFor(reader: Reader, mail: boolean): Column<ShownLetter>[] {
  return [
    { key: "what", title: m.sharing_page_every(), cell: (letter) => <What letter={letter} /> },
    { key: "readers", title: m.sharing_page_readers(), cell: (letter) => <Readers readers={letter.readers} /> },
    {
      key: "next",
      title: m.sharing_page_next(),
      wide: true,
      cell: (letter) =>
        letter.paused ? (
          <Tag tone="quiet">{m.sharing_page_paused()}</Tag>
        ) : (
          formatMoment(Date.parse(letter.nextAt), { ...reader, timeZone: letter.timeZone })
        ),
    },
    { key: "last", title: m.sharing_page_last(), wide: true, cell: (letter) => <Last letter={letter} /> },
    { key: "deeds", title: "", align: "right", cell: (letter) => <LetterActions letter={letter} mail={mail} /> },
  ];
}

function What({ letter }: { letter: ShownLetter }) {
  const reader = useReader();
  const spaces = letter.spaces.map(({ name }) => name).join(", ");
  return (
    <>
      <b className={classes["name"]}>{rhythmText(letter, reader)}</b>
      <small className={classes["shows"]}>
        {[spaces === "" ? m.sharing_page_all_spaces() : spaces, letter.language.toUpperCase()].join(" · ")}
      </small>
      <span className={classes["tags"]}>
        {letter.names && <Tag tone="warning">{m.sharing_page_with_names()}</Tag>}
        {letter.failure !== null && <Tag tone="bad">{letter.failed}</Tag>}
      </span>
    </>
  );
}

function readerState({ wantsIt, last, failure }: LetterReader): string | undefined {
  if (!wantsIt) return m.sharing_page_reader_stopped();
  if (last === "failed") return m.sharing_page_reader_failed({ failure: failure ?? "" });
  if (last === "waiting") return m.sharing_page_reader_waiting();
  return last === null ? undefined : m.sharing_page_reader_sent();
}

function Readers({ readers }: { readers: readonly LetterReader[] }) {
  return (
    <ul className={classes["readers"]}>
      {readers.map((one) => (
        <li key={one.email} data-bad={one.last === "failed" || undefined}>
          <span>{one.email}</span> <small>{readerState(one)}</small>
        </li>
      ))}
    </ul>
  );
}

function Last({ letter }: { letter: ShownLetter }) {
  const reader = useReader();
  if (letter.sentAt === null) return m.sharing_page_never();
  return formatMoment(Date.parse(letter.sentAt), { ...reader, timeZone: letter.timeZone });
}
