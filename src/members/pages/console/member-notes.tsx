import { Button, Group, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { m } from "#words";
import { formatMoment } from "#src/web/kit/format.ts";
import { useReader } from "#src/web/kit/reader.ts";
import { showUndo } from "#src/web/kit/toast.tsx";
import { LONGEST_NOTE, type Note } from "../../notes/model.ts";
import classes from "./member-notes.module.css";
import said from "./said.module.css";
import { useDeed } from "./use-deed.ts";

/** What the team wrote about a member, and a place to write more. */
export function MemberNotes(props: { memberId: string; notes: readonly Note[]; more: boolean; mayChange: boolean }) {
  const { memberId, notes, more, mayChange } = props;
  // Asked for here and not by the note: the note is gone before the answer is there.
  const { perform, busy } = useDeed((_, deed, next) => {
    if (!("deleteNote" in deed)) return;
    showUndo(m.members_note_deleted(), () => next({ restoreNote: deed.deleteNote }));
  });
  return (
    <>
      {mayChange && <NewNote memberId={memberId} />}
      {notes.length === 0 && !mayChange && <p>{m.members_notes_none()}</p>}
      <ul className={classes["list"]}>
        {notes.map((note) => (
          <li key={note.id} className={classes["note"]}>
            <OneNote note={note} mayChange={mayChange} busy={busy} remove={() => perform({ deleteNote: note.id })} />
          </li>
        ))}
      </ul>
      {more && <p>{m.members_notes_more({ count: notes.length })}</p>}
    </>
  );
}

function NewNote({ memberId }: { memberId: string }) {
  const [text, setText] = useState("");
  const { perform, busy } = useDeed(() => setText(""));
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() !== "") perform({ writeNote: { member: memberId, text } });
  };
  return (
    <form className={classes["form"]} onSubmit={send}>
      <Textarea
        label={m.members_note_label()}
        description={m.members_note_hint()}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        autosize
        minRows={2}
        maxRows={12}
        maxLength={LONGEST_NOTE}
      />
      <Button type="submit" loading={busy} disabled={text.trim() === ""} style={{ justifySelf: "start" }}>
        {m.members_note_write()}
      </Button>
    </form>
  );
}

function OneNote(props: { note: Note; mayChange: boolean; busy: boolean; remove: () => void }) {
  const { note, mayChange, busy, remove } = props;
  const reader = useReader();
  const [editing, setEditing] = useState(false);
  if (editing) return <EditNote note={note} close={() => setEditing(false)} />;
  return (
    <>
      <p className={said["about"]}>
        <bdi>{note.writtenBy.name}</bdi>
        <time dateTime={note.writtenAt}>{formatMoment(Date.parse(note.writtenAt), reader)}</time>
        {note.editedAt !== null && (
          <span>{m.members_note_edited({ when: formatMoment(Date.parse(note.editedAt), reader) })}</span>
        )}
      </p>
      <p className={said["text"]} dir="auto">
        {note.text}
      </p>
      {mayChange && (
        <Group gap="xs">
          <Button size="compact-sm" variant="subtle" onClick={() => setEditing(true)}>
            {m.members_note_edit()}
          </Button>
          <Button size="compact-sm" variant="subtle" loading={busy} onClick={remove}>
            {m.members_note_delete()}
          </Button>
        </Group>
      )}
    </>
  );
}

function EditNote({ note, close }: { note: Note; close: () => void }) {
  const [text, setText] = useState(note.text);
  const { perform, busy } = useDeed(close);
  const send = (event: FormEvent): void => {
    event.preventDefault();
    perform({ editNote: { note: note.id, text } });
  };
  return (
    <form className={classes["form"]} onSubmit={send}>
      <Textarea
        label={m.members_note_edit()}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        autosize
        minRows={2}
        maxRows={12}
        maxLength={LONGEST_NOTE}
        data-autofocus
      />
      <Group gap="xs">
        <Button type="submit" size="compact-sm" loading={busy} disabled={text.trim() === ""}>
          {m.members_save()}
        </Button>
        <Button size="compact-sm" variant="default" onClick={close}>
          {m.web_cancel()}
        </Button>
      </Group>
    </form>
  );
}
